import type { BoxEvent } from '@/lib/protocol/events'
import type { HistoryView } from '@/lib/protocol/history'
import { compareSequences, type Sequence } from '@/lib/protocol/sequence'
import { applyEvents } from '@/lib/view/reduce'
import { type View, viewFromWire } from '@/lib/view/view'
import { type PastPoint, pointOfEvent, untilOf } from '../live/past-point'
import type { PastBoard } from '../live/past-store'

/** A stretch of the log with the board at its beginning: every moment in it is worked out right here. */
export interface Stretch {
  readonly base: View
  /** Oldest first, all after the base, without a gap. */
  readonly events: readonly BoxEvent[]
  /** Up to here, nothing that happened is missing. */
  readonly end: Sequence
}

/** The server's idea of Redis' clock is good to some ms; this is certain. */
const CLOCK_MARGIN_MS = 1_000

export function stretchOf({ view, events, complete, serverTime }: HistoryView): Stretch {
  const base = viewFromWire(view)
  const last = lastOf({ base, events })
  // Where the log ends, nothing more had happened by then. How late that was, the server knows but roughly.
  const now: Sequence = `${Math.max(0, serverTime - CLOCK_MARGIN_MS)}-0`
  return { base, events, end: complete && compareSequences(now, last) > 0 ? now : last }
}

export function covers(stretch: Stretch, point: PastPoint): boolean {
  const until = untilOf(point)
  return compareSequences(until, stretch.base.seq) >= 0 && compareSequences(until, stretch.end) <= 0
}

/** Of a stretch that grows while it is played: the latest. */
const MOST_EVENTS = 2_000

/** The last of its events, or that of the board at its beginning. */
export function lastOf({ base, events }: Pick<Stretch, 'base' | 'events'>): Sequence {
  return events.at(-1)?.seq ?? base.seq
}

/** A stretch with the one that begins where its last event stands. */
export function joined(stretch: Stretch, next: Stretch): Stretch {
  const events = [...stretch.events, ...next.events]
  const over = Math.max(0, events.length - MOST_EVENTS)
  return {
    base: applyEvents(stretch.base, events.slice(0, over)),
    events: events.slice(over),
    end: next.end,
  }
}

/** How many events of the stretch are not after this one. */
function placeOf({ events }: Stretch, until: Sequence): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    const event = events[middle]
    if (event && compareSequences(event.seq, until) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The board of a moment that the stretch covers: the reducer of the live board does it. From an earlier
 * `board` of the stretch it goes on, so that playing folds each event once.
 */
export function boardOf(stretch: Stretch, point: PastPoint, board?: PastBoard): PastBoard {
  const until = untilOf(point)
  const recent = stretch.events.slice(0, placeOf(stretch, until))
  const from = board && isWithin(stretch, board.view, until) ? board.view : stretch.base
  return { point, view: applyEvents(from, recent.slice(placeOf(stretch, from.seq))), recent }
}

function isWithin({ base }: Stretch, { seq }: View, until: Sequence): boolean {
  return compareSequences(seq, base.seq) >= 0 && compareSequences(seq, until) <= 0
}

/** The moment of the event before, or after; undefined when this stretch does not tell. */
export function neighbourOf(
  stretch: Stretch,
  point: PastPoint,
  step: -1 | 1,
): PastPoint | undefined {
  const place = placeOf(stretch, untilOf(point))
  const last = stretch.events[place - 1]
  // Between two events, the one before is the last that has happened.
  const onEvent = last !== undefined && last.seq === point.seq
  const event = step === 1 ? stretch.events[place] : onEvent ? stretch.events[place - 2] : last
  return event && pointOfEvent(event.seq)
}
