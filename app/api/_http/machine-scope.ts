import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { SignalView } from '@/lib/protocol/signal'
import type { Runtime } from '@/lib/runtime/runtime'
import type { Caller } from './caller'
import { HttpProblem } from './problem'

/** What a machine's token lets it see. */
export interface MachineScopeView {
  coordinator(id: string): boolean
  view(coordinator: CoordinatorView): boolean
  swarm(id: string): boolean
  signal(signal: SignalView): boolean
}

/** Undefined for people, who see everything. @throws HttpProblem for a token that opens no data */
export function machineScope(
  caller: Caller,
  { board }: Pick<Runtime, 'board'>,
): MachineScopeView | undefined {
  if (caller.kind !== 'machine') return undefined
  const { scope } = caller.machine
  if (scope.kind === 'metrics') throw new HttpProblem(403, 'This token is for the metrics only.')
  const swarmOf = (id: string) => board.view().coordinators.get(id)?.swarmId
  const coordinator = (id: string) =>
    scope.kind === 'coordinator' ? id === scope.id : swarmOf(id) === scope.id
  const swarm = (id: string) =>
    scope.kind === 'swarm' ? id === scope.id : swarmOf(scope.id) === id
  return {
    coordinator,
    swarm,
    view: (it) => coordinator(it.id),
    signal: (it) =>
      coordinator(it.source) ||
      it.targets.some((target) => coordinator(target.heldBy ?? target.coordinatorId)),
  }
}
