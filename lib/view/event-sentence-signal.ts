import type { EventOf, EventType } from '../protocol/events'
import { because } from './event-words'
import { spent } from './format-duration'
import { code, id, listOfIds, type Part, type Sentence, strong, text } from './sentence'

type SignalEvent = EventOf<Extract<EventType, `signal.${string}` | `ack.${string}`>>

/** What happened to a signal, as seen by `about` where it stands in a coordinator's own list. */
export function signalSentence(event: SignalEvent, about: string | undefined): Sentence {
  const by = (coordinatorId: string): Part[] =>
    coordinatorId === about ? [] : [id(coordinatorId), text(' ')]
  switch (event.type) {
    case 'signal.sent': {
      const { source, targets, type, sentBy } = event.data
      if (source !== about && about !== undefined && targets.includes(about))
        return [text('got '), code(type), text(' from '), id(source)]
      return [
        ...(sentBy === undefined ? by(source) : [strong(sentBy), text(' ')]),
        text('sent '),
        code(type),
        text(' to '),
        ...listOfIds(targets),
      ]
    }
    case 'signal.acked': {
      const { coordinatorId, target, latencyMs, signalId } = event.data
      const what = signalParts(signalId)
      return [
        ...by(coordinatorId),
        text('acknowledged '),
        code(what.type ?? signalId),
        ...(what.source === undefined || what.source === about
          ? []
          : [text(' from '), id(what.source)]),
        ...(target === coordinatorId ? [] : [text(' for '), id(target)]),
        text(` in ${spent(latencyMs)}`),
      ]
    }
    case 'signal.completed':
      return [
        ...(event.data.coordinatorId === about ? [] : [id(event.data.coordinatorId), text(' ')]),
        text('completed '),
        code(typeOf(event.data.signalId)),
      ]
    case 'signal.redirected':
      return [
        code(typeOf(event.data.signalId)),
        text(' for '),
        id(event.data.target),
        text(' went to '),
        id(event.data.to),
      ]
    case 'signal.expired':
      return [
        code(typeOf(event.data.signalId)),
        text(' ran out unanswered by '),
        ...listOfIds(event.data.targets),
      ]
    case 'signal.cancelled':
      return [
        code(typeOf(event.data.signalId)),
        text(' cancelled for '),
        ...listOfIds(event.data.targets),
        ...because(event.data.reason),
      ]
    case 'signal.refused':
      return [
        code(event.data.type),
        text(' of '),
        id(event.data.source),
        text(` refused: ${event.data.reason.replace('_', ' ')}`),
      ]
    case 'ack.rejected':
      return [
        text('refused an ACK in the name of '),
        id(event.data.coordinatorId),
        text(': '),
        strong(event.data.verdict.replace('_', ' ')),
      ]
  }
}

/** A signal's own name tells what it is, where it has its five parts. */
function signalParts(signalId: string): { source?: string; type?: string } {
  const parts = signalId.split(':')
  return parts.length === 5 ? { source: parts[0] ?? '', type: parts[2] ?? '' } : {}
}

function typeOf(signalId: string): string {
  return signalParts(signalId).type ?? signalId
}
