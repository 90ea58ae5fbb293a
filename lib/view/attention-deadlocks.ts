import { entryId, type Finding } from './attention-entry'
import type { Moment } from './moment'
import { id, type Part, text, untilTime } from './sentence'
import type { WaitCycle } from './wait-cycles'
import { waitCyclesOf } from './wait-graph'

/** Coordinators that wait for each other: none of them can go on before somebody gives up. */
export function findDeadlocks(moment: Moment): Finding[] {
  return waitCyclesOf(moment.view).map((cycle) => {
    const swarms = new Set(cycle.members.map((it) => moment.view.coordinators.get(it)?.swarmId))
    const [swarm] = swarms
    return {
      id: entryId('deadlock', [...cycle.members].sort()),
      kind: 'deadlock',
      status: 'blocked',
      title: swarms.size === 1 && swarm !== undefined ? `Deadlock in ${swarm}` : 'Deadlock',
      sentence: [...ring(cycle), ...firstTimeout(cycle, moment.now)],
      since: cycle.since,
      actions: [{ kind: 'show-cycle', cycle: cycle.name }],
      coordinators: cycle.members,
      room: 'waits',
    }
  })
}

function ring({ members }: WaitCycle): Part[] {
  const [first, second, ...rest] = members
  if (first === undefined) return []
  if (second === undefined) return [id(first), text(' waits for itself.')]
  const parts: Part[] = [id(first), text(' waits for '), id(second)]
  for (const member of rest.slice(0, 2)) parts.push(text(', which waits for '), id(member))
  if (rest.length > 2) parts.push(text(` and ${rest.length - 2} more in a ring.`))
  else if (rest.length === 0) parts.push(text(', which waits for it.'))
  else parts.push(text(', which waits for the first.'))
  return parts
}

function firstTimeout({ remedies }: WaitCycle, now: number): Part[] {
  const first = remedies.find((it) => it.kind === 'timeout')
  if (first === undefined) return []
  if (first.at <= now) return [text(' The first gives up any moment now.')]
  return [text(' First timeout in '), untilTime(first.at, now), text('.')]
}
