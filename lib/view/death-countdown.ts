import type { CoordinatorView } from '../protocol/coordinator'
import { deathSlackMs, STALE_FRACTION } from '../protocol/liveness'
import { freshestBeat, lastSweepOf, type Moment } from './moment'

/**
 * How near a coordinator is to being declared dead, and by what evidence. All times ms by the
 * server's clock.
 * - `beating`  expected to beat, and in time
 * - `late`     silent for half its threshold or more
 * - `overdue`  past its time; the next sweep of a monitor declares it dead
 * - `dead`     declared dead
 * - `starting` a replacement that has until `diesAt` to come
 * - `held`     nobody dies now: Redis or the link is gone, or a grace period runs
 * - `ended`    escalated, stopped or failed: nothing counts down any more
 */
export interface DeathCountdown {
  readonly state: 'beating' | 'late' | 'overdue' | 'dead' | 'starting' | 'held' | 'ended'
  readonly lastBeat: number
  readonly silentMs: number
  readonly thresholdMs: number
  /** When it counts as late. */
  readonly staleAt: number
  /** When it counts as dead, unless it beats. */
  readonly diesAt: number
  readonly diesInMs: number
  /** How much of its time is used up, 0..1. */
  readonly used: number
  /** How long ago a monitor last looked; undefined when none has. */
  readonly monitorLagMs?: number
}

export function deathCountdownOf(moment: Moment, coordinator: CoordinatorView): DeathCountdown {
  const { now, view, knowledge } = moment
  const lastBeat = freshestBeat(moment, coordinator)
  const { thresholdMs, liveness } = coordinator
  const starting = liveness === 'starting' && coordinator.startDeadline !== undefined
  const from = starting ? coordinator.registeredAt : lastBeat
  const allowedMs = starting
    ? Math.max(1, (coordinator.startDeadline ?? from) - from)
    : thresholdMs + deathSlackMs(thresholdMs)
  const grace = view.monitor.graceUntil ?? 0
  const diesAt = Math.max(from + allowedMs, starting || grace < now ? 0 : grace)
  const staleAt = from + thresholdMs * STALE_FRACTION
  const sweep = lastSweepOf(moment)
  return {
    state: stateOf(),
    lastBeat,
    silentMs: Math.max(0, now - lastBeat),
    thresholdMs,
    staleAt,
    diesAt,
    diesInMs: Math.max(0, diesAt - now),
    used: Math.min(1, Math.max(0, (now - from) / allowedMs)),
    ...(sweep === undefined ? {} : { monitorLagMs: Math.max(0, now - sweep) }),
  }

  function stateOf(): DeathCountdown['state'] {
    if (liveness === 'escalated' || liveness === 'stopped' || liveness === 'failed') return 'ended'
    if (!knowledge.can) return 'held'
    if (liveness === 'dead') return 'dead'
    if (starting) return now > diesAt ? 'overdue' : 'starting'
    if (now > diesAt) return 'overdue'
    return now >= staleAt ? 'late' : 'beating'
  }
}
