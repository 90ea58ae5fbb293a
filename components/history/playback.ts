import { compareSequences, type Sequence } from '@/lib/protocol/sequence'
import { type PastPoint, untilOf } from '../live/past-point'
import type { PastStore } from '../live/past-store'
import type { PastLoader } from './past-loader'

/** How fast the past goes by; 1 is as it was. */
export const SPEEDS = [1, 10, 60] as const
export type Speed = (typeof SPEEDS)[number]

export interface PlaybackState {
  readonly playing: boolean
  readonly speed: Speed
  /** Where it stopped, because the log ended there. */
  readonly ended?: PastPoint
}

/** What comes within this time of playing is read before it is needed, ms. */
const AHEAD_MS = 3_000
/** Near the end of the log, nobody asks more often for what comes after it, ms. */
const READ_MS = 1_000

/**
 * Lets the past go on by itself. It only says which moment is next: the boards are the loader's, which
 * reads a stretch of events at a time. Where one is still on its way, time stands still.
 */
export class Playback {
  private state: PlaybackState = { playing: false, speed: 1 }
  private timer: ReturnType<typeof setInterval> | undefined
  private ticked = 0
  private readAt = 0
  /** The last event of the log, or nothing after the moment, where what was read last went to its end. */
  private end: { readonly seq: Sequence | undefined } | undefined
  private held = false
  private readonly listeners = new Set<() => void>()

  constructor(
    private readonly past: PastStore,
    private readonly loader: Pick<PastLoader, 'knownTo' | 'readOn'>,
    private readonly move: (point: PastPoint) => void,
  ) {}

  getState = (): PlaybackState => this.state

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  /** Goes on from the moment that is shown, one step every `everyMs`. */
  play(everyMs: number): void {
    if (this.state.playing) return
    this.ticked = performance.now()
    this.end = undefined
    this.timer = setInterval(() => this.tick(), everyMs)
    this.become({ playing: true, ended: undefined })
  }

  pause(): void {
    clearInterval(this.timer)
    if (this.state.playing) this.become({ playing: false })
  }

  setSpeed(speed: Speed): void {
    this.become({ speed })
  }

  /** While somebody holds the moment in their hand, it goes nowhere by itself. */
  hold(held: boolean): void {
    this.held = held
  }

  private tick(): void {
    const now = performance.now()
    const passed = (now - this.ticked) * this.state.speed
    this.ticked = now
    const point = this.past.getPoint()
    if (point === undefined || this.past.getFailure() !== undefined) {
      this.pause()
      return
    }
    if (this.held || this.past.getBoard()?.point !== point) return
    const known = this.loader.knownTo(point)
    const isEnd = this.end !== undefined && this.end.seq === known?.seq
    if (known === undefined || compareSequences(untilOf(known), untilOf(point)) <= 0) {
      if (isEnd) this.stopAt(point)
      else this.readOn(point)
      return
    }
    const isNear = known.at < point.at + AHEAD_MS * this.state.speed
    if (isNear && !(isEnd && now - this.readAt < READ_MS)) this.readOn(point)
    const at = Math.round(point.at + passed)
    this.move(at < known.at ? { at } : known)
  }

  private readOn(point: PastPoint): void {
    this.readAt = performance.now()
    this.end = undefined
    this.loader.readOn(point).then(
      (isWhole) => {
        this.end = isWhole ? { seq: this.loader.knownTo(point)?.seq } : undefined
      },
      (error: unknown) => {
        if (!this.state.playing) return
        this.pause()
        this.past.fail(error)
      },
    )
  }

  private stopAt(point: PastPoint): void {
    this.pause()
    this.become({ ended: point })
  }

  private become(part: Partial<PlaybackState>): void {
    this.state = { ...this.state, ...part }
    for (const listener of [...this.listeners]) listener()
  }
}
