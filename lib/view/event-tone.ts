import type { BoxEvent } from '../protocol/events'

/** How an event looks: as the state that it leads to, or quiet. */
export type EventTone = 'active' | 'blocked' | 'stale' | 'dead' | 'escalated' | 'ivory' | 'off'

const TONES: Partial<Record<BoxEvent['type'], EventTone>> = {
  'coordinator.registered': 'active',
  'coordinator.started': 'active',
  'coordinator.recovered': 'active',
  'coordinator.unblocked': 'active',
  'coordinator.phase_changed': 'active',
  'coordinator.blocked': 'blocked',
  'coordinator.stale': 'stale',
  'coordinator.timed_out': 'dead',
  'coordinator.failed': 'dead',
  'coordinator.escalated': 'escalated',
  'coordinator.write_refused': 'escalated',
  'signal.acked': 'active',
  'signal.completed': 'active',
  'signal.redirected': 'escalated',
  'signal.expired': 'stale',
  'signal.refused': 'dead',
  'ack.rejected': 'dead',
  'work.stored': 'active',
  'work.completed': 'active',
  'work.transferred': 'escalated',
  'spawn.failed': 'dead',
  'consensus.vote_cast': 'blocked',
  'consensus.expired': 'dead',
  'breaker.opened': 'dead',
  'breaker.half_opened': 'stale',
  'breaker.closed': 'active',
  'monitor.grace_started': 'stale',
  'operator.acted': 'ivory',
  'operator.signed_in': 'ivory',
  'operator.refused': 'dead',
}

export function eventTone(event: BoxEvent): EventTone {
  if (event.type === 'consensus.decided') {
    const { decision } = event.data
    return decision === 'proceed'
      ? 'active'
      : decision === 'exhausted' || decision === 'escalate'
        ? 'dead'
        : 'stale'
  }
  if (event.type === 'coordinator.unblocked' && event.data.outcome !== 'completed') return 'stale'
  return TONES[event.type] ?? 'off'
}
