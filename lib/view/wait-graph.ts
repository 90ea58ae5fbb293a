import type { Status } from '../protocol/liveness'
import type { Moment } from './moment'
import { statusOf } from './status'
import type { View } from './view'
import { cyclesIn, type WaitCycle } from './wait-cycles'
import type { WaitEdge } from './wait-edge'
import { owingsOf } from './waiters'

export interface WaitNode {
  readonly id: string
  /** undefined for somebody that the board does not know. */
  readonly status: Status | undefined
  readonly swarmId?: string
  /** It waits for a signal that anybody could send. */
  readonly forAnybody: boolean
}

export interface WaitGraph {
  readonly nodes: readonly WaitNode[]
  readonly edges: readonly WaitEdge[]
  readonly cycles: readonly WaitCycle[]
}

interface Ties {
  readonly edges: readonly WaitEdge[]
  readonly cycles: readonly WaitCycle[]
}

// A view is never changed in place, and neither edges nor rings depend on the clock.
const ties = new WeakMap<View, Ties>()

function tiesOf(view: View): Ties {
  const known = ties.get(view)
  if (known !== undefined) return known
  const edges: WaitEdge[] = owingsOf(view).map(({ waiter, wait, debtor }) => ({
    from: waiter.id,
    to: debtor,
    kind: wait.kind,
    waitId: wait.waitId,
    since: wait.since,
    until: wait.until,
    ...(wait.signalId === undefined ? {} : { signalId: wait.signalId }),
    ...(wait.consensus === undefined ? {} : { consensus: wait.consensus }),
  }))
  const found = { edges, cycles: cyclesIn(edges) }
  ties.set(view, found)
  return found
}

/** Deadlocks, the longest-standing first. */
export function waitCyclesOf(view: View): readonly WaitCycle[] {
  return tiesOf(view).cycles
}

export function waitGraphOf(moment: Moment): WaitGraph {
  const { view, knowledge } = moment
  const { edges, cycles } = tiesOf(view)
  const ids = new Set(edges.flatMap((it) => [it.from, it.to]))
  const forAnybody = new Set<string>()
  for (const coordinator of view.coordinators.values())
    if (
      coordinator.liveness === 'active' &&
      coordinator.waits.some((it) => it.on.length === 0 && it.kind === 'signal')
    )
      forAnybody.add(coordinator.id)
  const nodes = [...ids].sort().map((id): WaitNode => {
    const coordinator = view.coordinators.get(id)
    return {
      id,
      status: coordinator === undefined ? undefined : statusOf(coordinator, knowledge),
      ...(coordinator === undefined ? {} : { swarmId: coordinator.swarmId }),
      forAnybody: forAnybody.has(id),
    }
  })
  return { nodes, edges, cycles }
}
