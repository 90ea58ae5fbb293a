import { Counter, Histogram, type Registry } from 'prom-client'
import type { BoxEvent } from '@/lib/protocol/events'
import type { View } from '@/lib/view/view'
import { SeriesCap } from './series-cap'

/** With a few types or reasons each, every metric stays below a thousand series. */
const MOST_SWARMS = 100
const MOST_ACTIONS = 50

/**
 * Counts what happens, by swarm, as the log tells it: whatever coordinators do or leave out, all
 * servers that saw the same events count the same.
 */
export function createEventMetrics(register: Registry) {
  const registers = [register]
  const cap = new SeriesCap(MOST_SWARMS)
  const actionCap = new SeriesCap(MOST_ACTIONS)
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name: `signalbox_${name}`, help, labelNames, registers })
  const seconds = (name: string, help: string, buckets: number[], ...labelNames: string[]) =>
    new Histogram({ name: `signalbox_${name}`, help, labelNames, registers, buckets })

  const events = counter('events_total', 'Events of the log that this server has seen', 'type')
  const signals = counter(
    'signals_sent_total',
    'Signals that were accepted',
    'swarm_id',
    'signal_type',
  )
  const refused = counter(
    'signals_refused_total',
    'Signals that were not accepted',
    'swarm_id',
    'reason',
  )
  const unanswered = counter(
    'signals_unanswered_total',
    'Targets of signals that never answered: expired or cancelled',
    'swarm_id',
    'reason',
  )
  const latency = seconds(
    'signal_ack_latency_seconds',
    'From storing a signal to storing its ACK, by the clock of Redis',
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    'swarm_id',
  )
  const blocking = seconds(
    'blocking_duration_seconds',
    'Waits of coordinators that lasted longer than 250 ms',
    [0.5, 1, 5, 10, 30, 60, 300],
    'swarm_id',
    'status',
  )
  const stale = counter(
    'coordinators_stale_total',
    'Coordinators that fell silent for half their threshold',
    'swarm_id',
  )
  const timeouts = counter(
    'coordinator_timeouts_total',
    'Deaths that a monitor has claimed',
    'swarm_id',
  )
  const recovered = counter(
    'coordinators_recovered_total',
    'Stale or dead coordinators that beat again',
    'swarm_id',
  )
  const escalations = counter('escalations_total', 'Coordinators that were replaced', 'swarm_id')
  const failed = counter('replacements_failed_total', 'Replacements that never came', 'swarm_id')
  const writes = counter(
    'writes_refused_total',
    'Writes of replaced coordinators that were refused',
    'swarm_id',
  )
  const acks = counter('acks_rejected_total', 'ACKs that were refused', 'swarm_id', 'verdict')
  const decisions = counter(
    'consensus_decisions_total',
    'Rounds of votes that ended',
    'swarm_id',
    'decision',
  )
  const breakers = counter(
    'breaker_changes_total',
    'Changes of circuit breakers',
    'swarm_id',
    'state',
  )
  const graces = counter(
    'grace_periods_total',
    'Periods in which nobody could be declared dead',
    'cause',
  )
  const actions = counter('operator_actions_total', 'Actions of operators', 'action', 'outcome')

  return {
    /** `view` is the board after the batch: it says which swarm somebody belongs to. */
    count(batch: readonly BoxEvent[], view: View): void {
      const swarmOf = (id: string) => cap.of(view.coordinators.get(id)?.swarmId ?? 'none')
      for (const event of batch) {
        events.inc({ type: event.type })
        countOne(event, swarmOf)
      }
    },
  }

  function countOne(event: BoxEvent, swarmOf: (id: string) => string): void {
    const about = event.entity.slice(event.entity.indexOf(':') + 1)
    switch (event.type) {
      case 'signal.sent':
        signals.inc({ swarm_id: swarmOf(event.data.source), signal_type: event.data.type })
        break
      case 'signal.refused':
        refused.inc({ swarm_id: swarmOf(event.data.source), reason: event.data.reason })
        break
      case 'signal.acked':
        if (event.data.byHand) break
        latency.observe(
          { swarm_id: swarmOf(event.data.coordinatorId) },
          event.data.latencyMs / 1000,
        )
        break
      case 'signal.expired':
      case 'signal.cancelled':
        for (const target of event.data.targets) {
          unanswered.inc({ swarm_id: swarmOf(target), reason: event.type.slice('signal.'.length) })
        }
        break
      case 'ack.rejected':
        acks.inc({
          swarm_id: swarmOf(event.data.coordinatorId),
          verdict: event.data.verdict,
        })
        break
      case 'coordinator.unblocked':
        blocking.observe(
          { swarm_id: swarmOf(about), status: event.data.outcome },
          event.data.waitedMs / 1000,
        )
        break
      case 'coordinator.stale':
        stale.inc({ swarm_id: swarmOf(about) })
        break
      case 'coordinator.timed_out':
        timeouts.inc({ swarm_id: swarmOf(about) })
        break
      case 'coordinator.recovered':
        recovered.inc({ swarm_id: swarmOf(about) })
        break
      case 'coordinator.escalated':
        escalations.inc({ swarm_id: cap.of(event.data.swarmId) })
        break
      case 'coordinator.failed':
        failed.inc({ swarm_id: swarmOf(about) })
        break
      case 'coordinator.write_refused':
        writes.inc({ swarm_id: swarmOf(about) })
        break
      case 'consensus.decided':
      case 'consensus.expired': {
        const swarmId = event.data.key.slice(0, event.data.key.indexOf(':'))
        decisions.inc({ swarm_id: cap.of(swarmId), decision: event.data.decision })
        break
      }
      case 'breaker.opened':
      case 'breaker.half_opened':
      case 'breaker.closed':
        breakers.inc({ swarm_id: swarmOf(event.data.owner), state: event.data.state })
        break
      case 'monitor.grace_started':
        graces.inc({ cause: event.data.cause })
        break
      case 'operator.acted':
        actions.inc({ action: actionCap.of(event.data.action), outcome: 'done' })
        break
      case 'operator.refused':
        actions.inc({ action: actionCap.of(event.data.action), outcome: 'refused' })
        break
      default:
    }
  }
}
