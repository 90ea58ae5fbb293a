import type { BoxEvent } from '../protocol/events'
import type { HistoryRange } from '../protocol/history'
import type { Sequence } from '../protocol/sequence'
import type { View } from '../view/view'
import type { Visit } from './turnstile'

/** A stretch of the past: a board, and what happened right after it. */
export interface Stretch {
  /** As of just before the first of `events`. */
  readonly view: View
  /** Oldest first, without a gap. */
  readonly events: readonly BoxEvent[]
  /** Nothing had been written after `events` when they were read. */
  readonly complete: boolean
}

export type StretchAnswer =
  | { readonly ok: true; readonly stretch: Stretch }
  /** Nobody can tell any more what was then; `oldest` is the earliest moment that can be told of, ms. */
  | { readonly ok: false; readonly why: 'out-of-reach'; readonly oldest?: number }
  /** Too many ask at once, or too much happened since the last stored board. */
  | { readonly ok: false; readonly why: 'busy' }

export interface StretchAsked {
  /** The last sequence that the moment may hold. */
  readonly until: Sequence
  /** As many events before it are given by themselves rather than folded into the board. */
  readonly lead: number
  /** As many events after it are given as well. */
  readonly follow: number
}

/** What the server can tell of the past. */
export interface History {
  range(asked: {
    from?: number
    to?: number
    buckets: number
  }): Promise<Omit<HistoryRange, 'serverTime'>>
  /** Too many of one are turned away before they hold up others. */
  stretch(asked: StretchAsked, by: Visit): Promise<StretchAnswer>
}
