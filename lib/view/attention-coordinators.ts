import type { CoordinatorView } from '../protocol/coordinator'
import { findDead } from './attention-dead'
import { entryId, type Finding } from './attention-entry'
import { findFailed } from './attention-failed'
import { findLate } from './attention-late'
import type { Moment } from './moment'
import { counted, strong, text } from './sentence'
import { statusOf } from './status'

/** Refused writes count as news for this long after the escalation or the last one. */
const FENCED_NEWS_MS = 600_000

/** Trouble with coordinators: whoever is dead, late or never came is in exactly one entry. */
export function findCoordinators(moment: Moment): Finding[] {
  const dead: CoordinatorView[] = []
  const late: CoordinatorView[] = []
  const failed: CoordinatorView[] = []
  const replaced: CoordinatorView[] = []
  const living: CoordinatorView[] = []
  for (const coordinator of moment.view.coordinators.values()) {
    const status = statusOf(coordinator, moment.knowledge)
    if (status === 'dead') dead.push(coordinator)
    else if (status === 'stale') late.push(coordinator)
    else if (status === 'failed' && coordinator.replacedBy === undefined) failed.push(coordinator)
    else if (status === 'escalated') replaced.push(coordinator)
    else if (status !== 'stopped') living.push(coordinator)
  }
  return [
    ...findDead(moment, dead, living),
    ...findFailed(moment, failed),
    ...findLate(moment, late),
    ...replaced.flatMap((it) => fencedWrites(moment, it)),
  ]
}

/** A process that was stopped rather than killed goes on writing after it was replaced: it burns work for nothing. */
function fencedWrites({ now }: Moment, coordinator: CoordinatorView): Finding[] {
  const { id, refusedWrites, livenessSince } = coordinator
  if (refusedWrites === 0) return []
  const last = Math.max(livenessSince, Number(coordinator.seq.split('-')[0]))
  if (now - last > FENCED_NEWS_MS) return []
  const where = coordinator.process
  const process =
    where?.pid === undefined
      ? ''
      : ` (pid ${where.pid}${where.host === undefined ? '' : ` on ${where.host}`})`
  return [
    {
      id: entryId('fenced-writes', [id]),
      kind: 'fenced-writes',
      status: 'escalated',
      title: `${id} still writes`,
      sentence: [
        strong(counted(refusedWrites, 'write')),
        text(
          ` of its old process${process} ${refusedWrites === 1 ? 'was' : 'were'} refused since it was replaced. Stop that process.`,
        ),
      ],
      since: livenessSince,
      actions: [{ kind: 'open-coordinator', coordinatorId: id }],
      coordinators: [id],
    },
  ]
}
