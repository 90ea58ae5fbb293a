import type { EventOf } from '../protocol/events'
import type { SignalTarget, SignalView } from '../protocol/signal'
import type { Draft } from './draft'
import { ignoreUnknown } from './ignore-unknown'
import { noteAct } from './note-act'
import { SETTLED_SIGNALS_KEPT } from './view'

type SignalEvent = EventOf<
  | 'signal.sent'
  | 'signal.acked'
  | 'signal.completed'
  | 'signal.redirected'
  | 'signal.expired'
  | 'signal.cancelled'
  | 'signal.refused'
  | 'ack.rejected'
>

export function reduceSignal(draft: Draft, event: SignalEvent): void {
  const { signals } = draft
  /** Changes the targets that `picks` names. */
  const targets = (
    signalId: string,
    picks: (target: SignalTarget) => boolean,
    to: (target: SignalTarget) => SignalTarget,
  ) =>
    signals.change(signalId, event.seq, (it) => ({
      ...it,
      targets: it.targets.map((target) => (picks(target) ? to(target) : target)),
    }))

  switch (event.type) {
    case 'signal.sent':
      signals.put(event.data.signalId, sent(event))
      noteAct(draft, event.data.source, event)
      return
    case 'signal.acked': {
      const { signalId, coordinatorId, target, latencyMs } = event.data
      const known = signals.get(signalId)
      if (event.data.byHand && !known) signals.put(signalId, handmade(event, event.data.byHand))
      else if (event.data.byHand && !known?.targets.some((it) => it.coordinatorId === target)) {
        signals.change(signalId, event.seq, (it) => ({
          ...it,
          targets: [...it.targets, ackedTarget(event)],
        }))
      }
      targets(
        signalId,
        (it) => it.coordinatorId === target,
        ({ verdict: _, ...it }) =>
          // Signed anew, with a key that is known: when it was answered stays as it was.
          it.state === 'pending' ? { ...it, state: 'acked', ackedAt: event.at, latencyMs } : it,
      )
      noteAct(draft, coordinatorId, event)
      break
    }
    case 'signal.completed': {
      const { signalId, coordinatorId, target } = event.data
      targets(
        signalId,
        (it) => it.coordinatorId === target,
        (it) => ({ ...it, state: 'completed' }),
      )
      noteAct(draft, coordinatorId, event)
      break
    }
    case 'signal.redirected': {
      const { signalId, target, to } = event.data
      targets(
        signalId,
        (it) => it.coordinatorId === target,
        (it) => ({ ...it, heldBy: to }),
      )
      return
    }
    case 'signal.expired':
    case 'signal.cancelled': {
      const state = event.type === 'signal.expired' ? 'expired' : 'cancelled'
      const named = new Set(event.data.targets)
      targets(
        event.data.signalId,
        (it) => named.has(it.coordinatorId) && it.state === 'pending',
        (it) => ({ ...it, state }),
      )
      break
    }
    case 'ack.rejected': {
      const { signalId, coordinatorId, verdict } = event.data
      targets(
        signalId,
        (it) => it.coordinatorId === coordinatorId,
        (it) => ({ ...it, verdict, rejected: it.rejected + 1 }),
      )
      return
    }
    case 'signal.refused':
      // Nothing of it is stored; the log tells.
      return
    default:
      ignoreUnknown(event)
  }
  signals.keepDone(SETTLED_SIGNALS_KEPT)
}

function sent(event: EventOf<'signal.sent'>): SignalView {
  const { data } = event
  return {
    signalId: data.signalId,
    source: data.source,
    type: data.type,
    iteration: data.iteration,
    timestamp: data.timestamp,
    deadline: data.deadline,
    payloadBytes: data.payloadBytes,
    targets: data.targets.map((coordinatorId) => {
      const heldBy = data.heldBy?.[coordinatorId]
      return {
        coordinatorId,
        state: 'pending',
        ...(heldBy === undefined ? {} : { heldBy }),
        rejected: 0,
      }
    }),
    ...(data.sentBy === undefined ? {} : { sentBy: data.sentBy }),
    seq: event.seq,
  }
}

/** Nobody sent it: the first ACK is the first that is heard of it. */
function handmade(
  event: EventOf<'signal.acked'>,
  facts: NonNullable<EventOf<'signal.acked'>['data']['byHand']>,
): SignalView {
  return {
    signalId: event.data.signalId,
    ...facts,
    deadline: event.at,
    payloadBytes: 0,
    targets: [ackedTarget(event)],
    seq: event.seq,
  }
}

function ackedTarget({ at, data }: EventOf<'signal.acked'>): SignalTarget {
  const { target, latencyMs } = data
  return { coordinatorId: target, state: 'acked', ackedAt: at, latencyMs, rejected: 0 }
}
