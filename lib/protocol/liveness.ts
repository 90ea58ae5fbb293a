// Without schemas: a page needs these before it needs any of them.

/**
 * What is stored of a coordinator's life.
 *
 * - `starting`   a replacement that was asked for and has not beaten yet
 * - `active`     its last beat is younger than half its threshold
 * - `stale`      silent for half its threshold or more: late, not down
 * - `dead`       silent beyond its threshold; returns to active if it beats before anyone escalates it
 * - `escalated`  dead and replaced; whatever its old incarnation still writes is refused
 * - `stopped`    left gracefully, or was cleaned up by hand
 * - `failed`     a replacement that never came
 */
export const LIVENESS = [
  'starting',
  'active',
  'stale',
  'dead',
  'escalated',
  'stopped',
  'failed',
] as const
export type Liveness = (typeof LIVENESS)[number]

/**
 * What an operator is shown: `blocked` is an active coordinator in a wait, `unknown` is everyone
 * while nobody can tell (Redis gone, or a monitor's grace period). Neither is ever stored.
 */
export const STATUSES = [...LIVENESS, 'blocked', 'unknown'] as const
export type Status = (typeof STATUSES)[number]

/** The states in which a coordinator is expected to beat. */
export const LIVING: ReadonlySet<Liveness> = new Set<Liveness>(['starting', 'active', 'stale'])

/** A coordinator is stale from this part of its threshold on. */
export const STALE_FRACTION = 0.5

/** Silence beyond the threshold by this much means dead: a hundredth of it, at most a second. */
export function deathSlackMs(thresholdMs: number): number {
  return Math.min(1000, thresholdMs / 100)
}

/** A coordinator beats every tenth of its threshold, at least every five seconds. */
export function defaultHeartbeatIntervalMs(thresholdMs: number): number {
  return Math.min(5000, thresholdMs / 10)
}
