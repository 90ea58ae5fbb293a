import type { BoxEvent, EventOf, EventType } from '../protocol/events'
import { lifeSentence } from './event-sentence-coordinator'
import { restSentence } from './event-sentence-rest'
import { signalSentence } from './event-sentence-signal'
import { id, type Sentence, text } from './sentence'

/**
 * What happened, in one line that can stand alone. With `about` it is told as in that
 * coordinator's own list, where its name would only be noise.
 */
export function eventSentence(event: BoxEvent, about?: string): Sentence {
  if (isOf(event, 'coordinator') || isOf(event, 'work')) {
    const who = event.entity.replace(/^coordinator:/, '')
    const body = lifeSentence(event)
    return who === about ? body : [id(who), text(' '), ...body]
  }
  if (isOf(event, 'spawn')) return lifeSentence(event)
  if (isOf(event, 'signal') || isOf(event, 'ack')) return signalSentence(event, about)
  return restSentence(event)
}

type Family = EventType extends `${infer F}.${string}` ? F : never

function isOf<F extends Family>(
  event: BoxEvent,
  family: F,
): event is EventOf<Extract<EventType, `${F}.${string}`>> {
  return event.type.startsWith(`${family}.`)
}
