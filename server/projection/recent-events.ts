import type { BoxEvent } from '@/lib/protocol/events'
import { compareSequences, type Sequence } from '@/lib/protocol/ids'

/** Events that are kept for pages that lost their link for a moment. */
const KEPT = 5000

/** The latest events without a gap, so that a page that comes back gets what it missed and no more. */
export class RecentEvents {
  private events: BoxEvent[] = []
  /** The events after this one are here, all of them. */
  private base: Sequence
  private end: Sequence

  constructor(
    start: Sequence,
    private readonly kept = KEPT,
  ) {
    this.base = start
    this.end = start
  }

  /** How far this reaches; an entry that was skipped may stand there. */
  get last(): Sequence {
    return this.end
  }

  /** A new snapshot: what lies before it may have a gap. */
  restart(seq: Sequence): void {
    this.events = []
    this.base = seq
    this.end = seq
  }

  add(events: readonly BoxEvent[], end: Sequence): void {
    for (const event of events) this.events.push(event)
    this.end = end
    // In steps of a half: cutting off a few each time would copy all each time.
    if (this.events.length <= this.kept * 1.5) return
    const dropped = this.events.splice(0, this.events.length - this.kept)
    this.base = dropped.at(-1)?.seq ?? this.base
  }

  /** What came after `seq`, oldest first; undefined when that is not all here. */
  after(seq: Sequence): BoxEvent[] | undefined {
    if (compareSequences(seq, this.base) < 0 || compareSequences(seq, this.last) > 0)
      return undefined
    let low = 0
    let high = this.events.length
    while (low < high) {
      const middle = (low + high) >> 1
      const at = this.events[middle]
      if (at && compareSequences(at.seq, seq) <= 0) low = middle + 1
      else high = middle
    }
    return this.events.slice(low)
  }
}
