import type { BoxEvent } from '@/lib/protocol/events'
import type {
  BeatFrame,
  DetailFrame,
  PatchFrame,
  SnapshotFrame,
  StatusFrame,
  StripFrame,
} from '@/lib/protocol/frames'
import { compareSequences, type Sequence } from '@/lib/protocol/sequence'
import { STRIP_SLOTS } from '@/lib/protocol/wire'
import { applyEvents } from '@/lib/view/reduce'
import { emptyView, type View, viewFromWire } from '@/lib/view/view'
import type { Ended, LinkState } from './link-state'

/** Events kept for the footer and the log's live end. */
export const RECENT_EVENTS = 500
/** Beats of a watched coordinator that are kept, enough for its chart. */
const DETAIL_BEATS = 600
const TENTH_MS = 100

export type FrameOutcome = 'applied' | 'old' | 'gap'

interface Listeners {
  board: Set<() => void>
  beats: Set<() => void>
  events: Set<(events: readonly BoxEvent[]) => void>
  anew: Set<() => void>
}

/**
 * What this page knows of the board. It does no I/O: the client hands it frames, components read
 * it through hooks. Everything it gives out is unchanging until the next notification.
 */
export class LiveStore {
  private view: View = emptyView('')
  private loaded = false
  /** The way to the server. */
  private way: LinkState = CONNECTING
  /** The way, and behind it what the server said about Redis. */
  private link: LinkState = CONNECTING
  private status: StatusFrame | undefined
  private ended: Ended | undefined
  private recent: readonly BoxEvent[] = []
  private readonly beats = new Map<string, number>()
  private readonly strips = new Map<string, number[]>()
  private details = new Map<string, readonly number[]>()
  private readonly listeners: Listeners = {
    board: new Set(),
    beats: new Set(),
    events: new Set(),
    anew: new Set(),
  }

  /** `schedule` puts many changes into one repaint; tests notify at once. */
  constructor(private readonly schedule: (run: () => void) => void = (run) => run()) {}

  getView = (): View => this.view
  isLoaded = (): boolean => this.loaded
  getLink = (): LinkState => this.link
  getStatus = (): StatusFrame | undefined => this.status
  getEnded = (): Ended | undefined => this.ended
  /** The latest events, oldest first. */
  getRecent = (): readonly BoxEvent[] => this.recent
  getDetail = (id: string): readonly number[] | undefined => this.details.get(id)
  /** What to say in a hello to go on where this page stands. */
  getLastSeq = (): Sequence | undefined => (this.loaded ? this.view.seq : undefined)

  /** The freshest beat known of a coordinator, ms. */
  lastBeatOf = (id: string): number | undefined => {
    const record = this.view.coordinators.get(id)?.lastBeat
    const frame = this.beats.get(id)
    if (record === undefined || frame === undefined) return frame ?? record
    return Math.max(record, frame)
  }

  /**
   * The gaps between its last beats, oldest first, in tenths of a second; a negative one is a time in
   * which neither this page nor its server looked.
   */
  stripOf = (id: string): readonly number[] => this.strips.get(id) ?? NO_GAPS

  subscribe = (listener: () => void): (() => void) => add(this.listeners.board, listener)
  subscribeBeats = (listener: () => void): (() => void) => add(this.listeners.beats, listener)
  /** Hears of every event once, as it comes. */
  onEvents = (listener: (events: readonly BoxEvent[]) => void): (() => void) =>
    add(this.listeners.events, listener)

  /** Hears when the board came whole once more: what happened in between is told by no event. */
  onAnew = (listener: () => void): (() => void) => add(this.listeners.anew, listener)

  onSnapshot(frame: SnapshotFrame): void {
    const again = this.loaded
    this.view = viewFromWire(frame.view)
    this.loaded = true
    this.forgetTheGone()
    if (again) for (const listener of this.listeners.anew) listener()
    this.changed()
  }

  /** `gap` when frames are missing before this one: only a snapshot helps then. */
  onPatch(frame: PatchFrame): FrameOutcome {
    if (!this.loaded) return 'gap'
    if (compareSequences(frame.toSeq, this.view.seq) <= 0) return 'old'
    if (frame.fromSeq !== this.view.seq) return 'gap'
    const next = applyEvents(this.view, frame.events)
    // The stream moves on by entries that are nobody's events, too.
    this.view = next.seq === frame.toSeq ? next : { ...next, seq: frame.toSeq }
    if (frame.events.length > 0) {
      this.recent = [...this.recent, ...frame.events].slice(-RECENT_EVENTS)
      if (frame.events.some((event) => event.type === 'coordinator.forgotten')) this.forgetTheGone()
      for (const listener of this.listeners.events) listener(frame.events)
    }
    this.changed()
    return 'applied'
  }

  onBeats({ at, ids, ages }: BeatFrame): void {
    ids.forEach((id, index) => {
      const beat = at - (ages[index] ?? 0)
      const before = this.beats.get(id)
      if (before !== undefined && beat <= before) return
      this.beats.set(id, beat)
      // The record's own beat is as old as its last event: no gap can be reckoned from it.
      if (before !== undefined) this.lengthen(id, beat - before)
    })
    this.beatsChanged()
  }

  onStrips({ ids, lastBeats, strips }: StripFrame): void {
    ids.forEach((id, index) => {
      const last = lastBeats[index] ?? 0
      // A beat that came in the meantime is at the end of a strip already.
      if (last < (this.beats.get(id) ?? 0)) return
      this.strips.set(id, this.joined(id, strips[index] ?? [], last))
      this.beats.set(id, last)
    })
    this.beatsChanged()
  }

  onDetail({ coordinatorId, beats }: DetailFrame): void {
    const known = this.details.get(coordinatorId) ?? []
    const last = known.at(-1) ?? 0
    // Nobody looked between the two, which is no silence of the coordinator: begin anew.
    const joins = (beats[0] ?? 0) <= last
    const all = joins ? [...known, ...beats.filter((it) => it > last)] : beats
    this.details = new Map(this.details).set(coordinatorId, all.slice(-DETAIL_BEATS))
    this.beatsChanged()
  }

  forgetDetail(id: string): void {
    this.details = new Map(this.details)
    this.details.delete(id)
  }

  onStatus(frame: StatusFrame): void {
    this.status = frame
    // The server is there again; what the board missed meanwhile comes after its status.
    if (this.way.state === 'stale')
      this.way = this.loaded ? { state: 'connecting', since: this.way.since } : CONNECTING
    const { state, since, nextTryAt, error } = frame.redis
    this.link =
      state === 'up'
        ? this.way
        : {
            state: 'stale',
            reason: 'redis',
            since,
            ...(nextTryAt === undefined ? {} : { nextTryAt }),
            ...(error === undefined ? {} : { error }),
          }
    this.changed()
  }

  /** The way to the server is there, and the board with it. */
  onLive(): void {
    this.way = LIVE
    if (this.link.state === 'stale' && this.link.reason === 'redis') return
    this.link = LIVE
    this.changed()
  }

  /** The way to the server is gone, since `since`, or the next try was set. */
  onLost(since: number, nextTryAt: number | undefined): void {
    this.way = {
      state: 'stale',
      reason: 'socket',
      since: this.oldSince() ?? since,
      ...(nextTryAt === undefined ? {} : { nextTryAt }),
    }
    this.link = this.way
    this.changed()
  }

  /** This page gave its connection back: it shows what it knew then, until it is live again. */
  onLeft(since: number): void {
    if (this.way.state !== 'live') return
    this.way = { state: 'connecting', since: this.oldSince() ?? since }
    if (this.link.state === 'live') this.link = this.way
    this.changed()
  }

  /** Since when the board here is old, whatever the reason: it stays as old when another reason follows. */
  private oldSince(): number | undefined {
    return this.link.state === 'live' ? undefined : this.link.since
  }

  onEnded(ended: Ended): void {
    this.ended = ended
    this.changed()
  }

  /** What a server that has just started knows begins late: what this page saw before stays in front of it. */
  private joined(id: string, gaps: readonly number[], last: number): number[] {
    const seen = this.beats.get(id)
    const first = last - gaps.reduce((sum, gap) => sum + gap * TENTH_MS, 0)
    if (gaps.length >= STRIP_SLOTS || seen === undefined || seen >= first - TENTH_MS)
      return gaps.slice(-STRIP_SLOTS)
    // Nobody looked in between, which is no word about the coordinator: negative says so.
    const unseen = -Math.round((first - seen) / TENTH_MS)
    return [...(this.strips.get(id) ?? []), unseen, ...gaps].slice(-STRIP_SLOTS)
  }

  private lengthen(id: string, gapMs: number): void {
    const strip = this.strips.get(id) ?? []
    this.strips.set(id, [...strip, Math.round(gapMs / TENTH_MS)].slice(-STRIP_SLOTS))
  }

  /** A tab open for a day must not grow: what left the board leaves here, too. */
  private forgetTheGone(): void {
    for (const map of [this.beats, this.strips])
      for (const id of map.keys()) if (!this.view.coordinators.has(id)) map.delete(id)
  }

  private boardScheduled = false
  private changed(): void {
    if (this.boardScheduled) return
    this.boardScheduled = true
    this.schedule(() => {
      this.boardScheduled = false
      for (const listener of [...this.listeners.board]) listener()
    })
  }

  private beatsScheduled = false
  private beatsChanged(): void {
    if (this.beatsScheduled) return
    this.beatsScheduled = true
    this.schedule(() => {
      this.beatsScheduled = false
      for (const listener of [...this.listeners.beats]) listener()
    })
  }
}

const NO_GAPS: readonly number[] = []
const LIVE: LinkState = { state: 'live' }
const CONNECTING: LinkState = { state: 'connecting' }

function add<T>(set: Set<T>, listener: T): () => void {
  set.add(listener)
  return () => {
    set.delete(listener)
  }
}
