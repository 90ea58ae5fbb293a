import * as z from 'zod'
import type { HistoryView } from '@/lib/protocol/history'
import { apiGet } from '../live/api'
import { type PastPoint, pastPointText, pointOfEvent } from '../live/past-point'
import type { PastBoard, PastStore } from '../live/past-store'
import { isHistoryView } from '../live/read-frame'
import { boardOf, covers, joined, lastOf, neighbourOf, type Stretch, stretchOf } from './stretch'

/** How many events come with a moment, before and after it. */
interface Beside {
  readonly lead: number
  readonly follow: number
}

/** On either side of a moment: within them, dragging asks nobody. */
const AROUND: Beside = { lead: 250, follow: 250 }
/** Behind what is known, for whom it is played. */
const ONWARD: Beside = { lead: 0, follow: 500 }
/** Stretches that are kept; of large boards fewer. */
const KEPT = 8
const LARGE = 2_000

const schema = z.custom<HistoryView>(isHistoryView)

type Read = (point: PastPoint, beside: Beside, signal: AbortSignal) => Promise<Stretch>

const fetchStretch: Read = async (point, { lead, follow }, signal) =>
  stretchOf(
    await apiGet(
      `/history/view?at=${pastPointText(point)}&lead=${lead}&follow=${follow}`,
      schema,
      signal,
    ),
  )

/**
 * Brings the boards that a page's past asks for. Whoever drags asks for hundreds of moments a
 * second: one read is on its way at a time, and after it comes the moment that is asked for by then.
 */
export class PastLoader {
  private stretches: Stretch[] = []
  private reading: AbortController | undefined
  /** The last board made here, to go on from. */
  private board: PastBoard | undefined
  private readonly stopListening: () => void

  constructor(
    private readonly past: PastStore,
    private readonly read: Read = fetchStretch,
  ) {
    this.stopListening = past.subscribe(this.look)
    this.look()
  }

  stop(): void {
    this.stopListening()
    this.reading?.abort()
  }

  /** Tries again what failed. */
  retry(): void {
    const point = this.past.getPoint()
    if (point) this.past.ask(point)
  }

  /** The moment of the event before or after the one that is shown; undefined where there is none. */
  async step(by: -1 | 1): Promise<PastPoint | undefined> {
    const point = this.past.getPoint()
    if (point === undefined) return undefined
    const known = this.covering(point)
    const near = known && neighbourOf(known, point, by)
    if (near) return near
    // At the edge of what is known, or of what has happened: read around it once more.
    const stretch = await this.read(point, AROUND, new AbortController().signal).catch(
      () => undefined,
    )
    if (stretch === undefined) return undefined
    this.keep(stretch)
    return neighbourOf(stretch, point, by)
  }

  /** The moment of the last event of what is known around this one; undefined while nothing is. */
  knownTo(point: PastPoint): PastPoint | undefined {
    const known = this.covering(point)
    return known && pointOfEvent(lastOf(known))
  }

  /**
   * Reads on behind what is known around the moment. Does nothing while something else is read.
   *
   * @returns whether what is known now goes to the end of the log
   * @throws what the read throws
   */
  async readOn(point: PastPoint): Promise<boolean> {
    if (this.reading) return false
    const reading = new AbortController()
    this.reading = reading
    const known = this.covering(point)
    try {
      if (known === undefined) {
        const around = await this.read(point, AROUND, reading.signal)
        this.keep(around)
        return neighbourOf(around, point, 1) === undefined
      }
      const next = await this.read(pointOfEvent(lastOf(known)), ONWARD, reading.signal)
      this.stretches = this.stretches.map((it) => (it === known ? joined(known, next) : it))
      return next.events.length < ONWARD.follow
    } finally {
      this.done(reading)
    }
  }

  private covering(point: PastPoint): Stretch | undefined {
    return this.stretches.find((it) => covers(it, point))
  }

  private readonly look = (): void => {
    const point = this.past.getPoint()
    if (point === undefined) {
      // Nobody looks at the past any more: it need not stay in memory.
      this.reading?.abort()
      this.stretches = []
      this.board = undefined
      return
    }
    if (this.past.getFailure() !== undefined || this.past.getBoard()?.point === point) return
    const stretch = this.covering(point)
    if (stretch) this.show(stretch, point)
    else if (this.reading === undefined) void this.fetch(point)
  }

  private async fetch(point: PastPoint): Promise<void> {
    const reading = new AbortController()
    this.reading = reading
    try {
      const stretch = await this.read(point, AROUND, reading.signal)
      if (reading.signal.aborted) return
      this.keep(stretch)
      // What lies at the very end may not be covered for certain; it is as good as it gets.
      if (!covers(stretch, point) && this.past.getPoint() === point) this.show(stretch, point)
    } catch (error) {
      if (!reading.signal.aborted && this.past.getPoint() === point) this.past.fail(error)
    } finally {
      this.done(reading)
    }
  }

  /** What was asked for meanwhile is next. */
  private done(reading: AbortController): void {
    if (this.reading === reading) this.reading = undefined
    this.look()
  }

  private show(stretch: Stretch, point: PastPoint): void {
    this.board = boardOf(stretch, point, this.board)
    this.past.show(this.board)
  }

  private keep(stretch: Stretch): void {
    const most = stretch.base.coordinators.size > LARGE ? 2 : KEPT
    this.stretches = [stretch, ...this.stretches].slice(0, most)
  }
}
