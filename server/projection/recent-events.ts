import type { BoxEvent } from '@/lib/protocol/events'
import { compareSequences, type Sequence } from '@/lib/protocol/ids'

/** Events that are kept for pages that lost their link for a moment. */
const KEPT = 5000

/** An entry of the log; without an event where nobody could read it. */
export interface LogEntry {
  readonly seq: Sequence
  readonly event?: BoxEvent
}

/** The latest events without a gap, so that a page that comes back gets what it missed and no more. */
export class RecentEvents {
  private entries: LogEntry[] = []
  /** The entries after this one are here. */
  private base: Sequence

  constructor(
    start: Sequence,
    private readonly kept = KEPT,
  ) {
    this.base = start
  }

  /** How far this reaches; an entry that was skipped may stand there. */
  get last(): Sequence {
    return this.entries.at(-1)?.seq ?? this.base
  }

  /** A new snapshot: what lies before it may have a gap. */
  restart(seq: Sequence): void {
    this.entries = []
    this.base = seq
  }

  add(entries: readonly LogEntry[]): void {
    for (const entry of entries) this.entries.push(entry)
    // In steps of a half: cutting off a few each time would copy all each time.
    if (this.entries.length <= this.kept * 1.5) return
    const dropped = this.entries.splice(0, this.entries.length - this.kept)
    this.base = dropped.at(-1)?.seq ?? this.base
  }

  /**
   * What came after `seq`, oldest first; undefined when that is not all here. The entry itself has to be known:
   * one that this log never had, though it lies within it, is of a Redis that has lost it since.
   */
  after(seq: Sequence): BoxEvent[] | undefined {
    const next = this.placeAfter(seq)
    const under = next === 0 ? this.base : this.entries[next - 1]?.seq
    return under === seq ? this.entries.slice(next).flatMap((it) => it.event ?? []) : undefined
  }

  /** How many entries are not after this one. */
  private placeAfter(seq: Sequence): number {
    let low = 0
    let high = this.entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      const at = this.entries[middle]
      if (at && compareSequences(at.seq, seq) <= 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
