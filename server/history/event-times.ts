import type { HistoryRange, MarkKind } from '@/lib/protocol/history'
import { MARK_KINDS } from '@/lib/protocol/history'
import type { Sequence } from '@/lib/protocol/ids'
import type { EventLog } from '@/lib/redis/stores/event-log'

const PAGE = 2_000
/** Entries that one call looks at, in each direction: a long log is counted over several. */
const MOST_A_CALL = 60_000
/** Events whose times are kept. */
const MOST = 250_000
/** Each kind by itself: a death among many decisions is what one looks for. */
const MOST_MARKS_OF_A_KIND = 500

const MARKS: Readonly<Record<string, MarkKind>> = {
  'coordinator.timed_out': 'death',
  'coordinator.escalated': 'escalation',
  'consensus.decided': 'decision',
}
/** Scripts write the type near the beginning; nothing else of the text is looked at. */
const TYPE = /"type":"([a-z_.]+)"/
const HEAD = 160

/** A time, ms, and what it stands out by, in one number: a quarter of a million of them are 2 MB. */
const KINDS = 4
const code = (seq: Sequence, json: string) =>
  msOf(seq) * KINDS +
  1 +
  MARK_KINDS.indexOf(MARKS[TYPE.exec(json.slice(0, HEAD))?.[1] ?? ''] as MarkKind)
const timeOf = (it: number) => Math.floor(it / KINDS)
const kindOf = (it: number): MarkKind | undefined => MARK_KINDS[(it % KINDS) - 1]

type Line = Pick<HistoryRange, 'buckets' | 'marks' | 'countedFrom'>

/**
 * When the events of the log happened: what the time line draws. Read from the log when somebody
 * asks, from its end backwards; after that, only what is new.
 */
export class EventTimes {
  /** Oldest first. */
  private times: number[] = []
  private first: Sequence | undefined
  private last: Sequence | undefined
  private whole = false
  private reading: Promise<void> | undefined

  constructor(private readonly log: Pick<EventLog, 'texts' | 'textsBack'>) {}

  /** Brings it up to date; whoever asks meanwhile waits for the same. */
  refresh(): Promise<void> {
    this.reading ??= this.read().finally(() => {
      this.reading = undefined
    })
    return this.reading
  }

  line(from: number, to: number, count: number): Line {
    const buckets = new Array<number>(count).fill(0)
    const marks: Line['marks'] = []
    const length = Math.max(1, to - from)
    for (let i = this.placeOf(from); i < this.times.length; i++) {
      const it = this.times[i] ?? 0
      const at = timeOf(it)
      if (at > to) break
      const bucket = Math.min(count - 1, Math.floor(((at - from) / length) * count))
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
      const kind = kindOf(it)
      if (kind) marks.push({ at, kind })
    }
    return {
      buckets,
      marks: MARK_KINDS.flatMap((kind) =>
        marks.filter((it) => it.kind === kind).slice(-MOST_MARKS_OF_A_KIND),
      ).sort((a, b) => a.at - b.at),
      countedFrom: this.whole ? 0 : timeOf(this.times[0] ?? to * KINDS),
    }
  }

  private async read(): Promise<void> {
    await this.readNew()
    await this.readOlder()
    if (this.times.length > MOST) {
      this.times = this.times.slice(-MOST)
      this.whole = false
    }
  }

  private async readNew(): Promise<void> {
    if (this.last === undefined) return
    for (let read = 0; read < MOST_A_CALL; read += PAGE) {
      const page = await this.log.texts(`(${this.last}`, '+', PAGE)
      for (const [seq, json] of page) this.times.push(code(seq, json))
      this.last = page.at(-1)?.[0] ?? this.last
      if (page.length < PAGE) return
    }
    // So much came at once that it is quicker to begin anew from the end.
    this.times = []
    this.first = undefined
    this.last = undefined
    this.whole = false
  }

  private async readOlder(): Promise<void> {
    if (this.whole) return
    const newestFirst: number[] = []
    for (let read = 0; read < MOST_A_CALL && this.times.length + read < MOST; read += PAGE) {
      const page = await this.log.textsBack(
        this.first === undefined ? '+' : `(${this.first}`,
        '-',
        PAGE,
      )
      for (const [seq, json] of page) newestFirst.push(code(seq, json))
      this.last ??= page[0]?.[0]
      this.first = page.at(-1)?.[0] ?? this.first
      if (page.length < PAGE) {
        // An empty log has no end to go on from: it is looked at again.
        this.whole = this.first !== undefined
        break
      }
    }
    this.times = [...newestFirst.reverse(), ...this.times]
  }

  /** The first at or after a time. */
  private placeOf(at: number): number {
    let low = 0
    let high = this.times.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (timeOf(this.times[middle] ?? 0) < at) low = middle + 1
      else high = middle
    }
    return low
  }
}

const msOf = (seq: Sequence) => Number(seq.slice(0, seq.indexOf('-')))
