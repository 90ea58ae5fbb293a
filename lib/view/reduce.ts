import type { BoxEvent } from '../protocol/events'
import { Draft } from './draft'
import { ignoreUnknown } from './ignore-unknown'
import { reduceBreaker } from './reduce-breaker'
import { reduceConsensus } from './reduce-consensus'
import { reduceCoordinator } from './reduce-coordinator'
import { reduceMonitor } from './reduce-monitor'
import { reduceOperator } from './reduce-operator'
import { reduceSignal } from './reduce-signal'
import { reduceSpawn } from './reduce-spawn'
import { reduceWork } from './reduce-work'
import type { View } from './view'

/**
 * The board after `events`, which come in the order of their sequence. The same in the server, in
 * the browser and over history; however a stretch of events is cut into batches, the outcome is
 * the same. What was folded in before is ignored. `view` is left as it was.
 */
export function applyEvents(view: View, events: readonly BoxEvent[]): View {
  const draft = new Draft(view)
  for (const event of events) {
    if (draft.knows(event.seq)) continue
    reduce(draft, event)
    draft.seq = event.seq
    draft.at = event.at
  }
  return draft.seq === view.seq ? view : draft.finish()
}

function reduce(draft: Draft, event: BoxEvent): void {
  switch (event.type) {
    case 'coordinator.registered':
    case 'coordinator.reregistered':
    case 'coordinator.phase_changed':
    case 'coordinator.blocked':
    case 'coordinator.unblocked':
    case 'coordinator.stale':
    case 'coordinator.timed_out':
    case 'coordinator.recovered':
    case 'coordinator.escalated':
    case 'coordinator.started':
    case 'coordinator.failed':
    case 'coordinator.stopped':
    case 'coordinator.forgotten':
    case 'coordinator.write_refused':
      reduceCoordinator(draft, event)
      return
    case 'signal.sent':
    case 'signal.acked':
    case 'signal.completed':
    case 'signal.redirected':
    case 'signal.expired':
    case 'signal.cancelled':
    case 'signal.refused':
    case 'ack.rejected':
      reduceSignal(draft, event)
      return
    case 'work.stored':
    case 'work.completed':
    case 'work.transferred':
      reduceWork(draft, event)
      return
    case 'spawn.requested':
    case 'spawn.claimed':
    case 'spawn.running':
    case 'spawn.failed':
      reduceSpawn(draft, event)
      return
    case 'consensus.opened':
    case 'consensus.vote_cast':
    case 'consensus.vote_replaced':
    case 'consensus.decided':
    case 'consensus.expired':
      reduceConsensus(draft, event)
      return
    case 'breaker.opened':
    case 'breaker.half_opened':
    case 'breaker.closed':
    case 'breaker.forced':
    case 'breaker.retired':
      reduceBreaker(draft, event)
      return
    case 'monitor.grace_started':
    case 'monitor.grace_ended':
      reduceMonitor(draft, event)
      return
    case 'operator.signed_in':
    case 'operator.acted':
    case 'operator.refused':
      reduceOperator(draft, event)
      return
    default:
      ignoreUnknown(event)
  }
}
