import * as z from 'zod'
import type { HistoryView } from '@/lib/protocol/history'
import { apiGet } from '../live/api'
import { type PastPoint, pastPointText } from '../live/past-point'
import type { PastStore } from '../live/past-store'
import { isHistoryView } from '../live/read-frame'
import { boardOf, covers, neighbourOf, type Stretch, stretchOf } from './stretch'

/** Events on either side of a moment that come with it: within them, dragging asks nobody. */
const BESIDE = 250
/** Stretches that are kept; of large boards fewer. */
const KEPT = 8
const LARGE = 2_000

const schema = z.custom<HistoryView>(isHistoryView)

const fetchStretch = async (point: PastPoint, signal: AbortSignal): Promise<Stretch> =>
  stretchOf(
    await apiGet(
      `/history/view?at=${pastPointText(point)}&lead=${BESIDE}&follow=${BESIDE}`,
      schema,
      signal,
    ),
  )

type Read = (point: PastPoint, signal: AbortSignal) => Promise<Stretch>

/**
 * Brings the boards that a page's past asks for. Whoever drags asks for hundreds of moments a
 * second: one read is on its way at a time, and after it comes the moment that is asked for by then.
 */
export class PastLoader {
  private stretches: Stretch[] = []
  private reading: AbortController | undefined
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
    const known = this.stretches.find((it) => covers(it, point))
    const near = known && neighbourOf(known, point, by)
    if (near) return near
    // At the edge of what is known, or of what has happened: read around it once more.
    const stretch = await this.read(point, new AbortController().signal).catch(() => undefined)
    if (stretch === undefined) return undefined
    this.keep(stretch)
    return neighbourOf(stretch, point, by)
  }

  private readonly look = (): void => {
    const point = this.past.getPoint()
    if (point === undefined) {
      // Nobody looks at the past any more: it need not stay in memory.
      this.reading?.abort()
      this.stretches = []
      return
    }
    if (this.past.getFailure() !== undefined || this.past.getBoard()?.point === point) return
    const stretch = this.stretches.find((it) => covers(it, point))
    if (stretch) this.past.show(boardOf(stretch, point))
    else if (this.reading === undefined) void this.fetch(point)
  }

  private async fetch(point: PastPoint): Promise<void> {
    const reading = new AbortController()
    this.reading = reading
    try {
      const stretch = await this.read(point, reading.signal)
      if (reading.signal.aborted) return
      this.keep(stretch)
      // What lies at the very end may not be covered for certain; it is as good as it gets.
      if (!covers(stretch, point) && this.past.getPoint() === point)
        this.past.show(boardOf(stretch, point))
    } catch (error) {
      if (!reading.signal.aborted && this.past.getPoint() === point) this.past.fail(error)
    } finally {
      if (this.reading === reading) this.reading = undefined
    }
    this.look()
  }

  private keep(stretch: Stretch): void {
    const most = stretch.base.coordinators.size > LARGE ? 2 : KEPT
    this.stretches = [stretch, ...this.stretches].slice(0, most)
  }
}
