import type { BreakerTransition } from '../protocol/breaker'
import type { EventOf } from '../protocol/events'
import { breakerKey } from './breaker-key'
import type { Draft } from './draft'

/** Transitions of a breaker that the board keeps. */
const TRANSITIONS_KEPT = 20

export function reduceBreaker(
  draft: Draft,
  event: EventOf<
    | 'breaker.opened'
    | 'breaker.half_opened'
    | 'breaker.closed'
    | 'breaker.forced'
    | 'breaker.retired'
  >,
): void {
  const { seq, at } = event
  const id = breakerKey(event.data)
  if (event.type === 'breaker.retired') {
    draft.breakers.remove(id, seq)
    return
  }
  if (event.type === 'breaker.forced') {
    const { state, reason } = event.data
    draft.breakers.change(id, seq, (it) => ({
      ...it,
      forced: { state, by: event.actor.replace(/^operator:/, ''), reason, at },
    }))
    return
  }
  const { obeyed, transitions, ...published } = event.data
  const before = draft.breakers.get(id)
  const forced = before?.forced
  draft.breakers.put(id, {
    ...published,
    publishedAt: at,
    transitions: merged(before?.transitions ?? [], transitions),
    ...(forced ? { forced: obeyed ? { ...forced, obeyedAt: at } : forced } : {}),
    seq,
  })
}

/** A publication tells what happened since the one before, and may tell some of it again. */
function merged(
  before: readonly BreakerTransition[],
  told: readonly BreakerTransition[],
): BreakerTransition[] {
  const last = before.at(-1)?.at ?? -1
  return [...before, ...told.filter((it) => it.at > last)].slice(-TRANSITIONS_KEPT)
}
