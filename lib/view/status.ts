import type { CoordinatorView } from '../protocol/coordinator'
import type { Liveness, Status } from '../protocol/liveness'
import type { Knowledge } from './knowledge'

/** States that no later beat can change: they stay true while nobody can tell who is alive. */
const SETTLED: ReadonlySet<Liveness> = new Set<Liveness>(['escalated', 'stopped', 'failed'])

/**
 * What the board shows of a coordinator. `blocked` is an active one in a wait; `unknown` is
 * everyone not settled while nobody can tell.
 */
export function statusOf(
  coordinator: Pick<CoordinatorView, 'liveness' | 'waits'>,
  knowledge: Knowledge,
): Status {
  if (!knowledge.can && !SETTLED.has(coordinator.liveness)) return 'unknown'
  if (coordinator.liveness === 'active' && coordinator.waits.length > 0) return 'blocked'
  return coordinator.liveness
}

/** Worst first, for sorting. */
export const STATUS_RANK: Readonly<Record<Status, number>> = {
  dead: 0,
  failed: 1,
  stale: 2,
  blocked: 3,
  unknown: 4,
  starting: 5,
  active: 6,
  escalated: 7,
  stopped: 8,
}
