import type { BoxEvent } from '@/lib/protocol/events'
import type { View } from '@/lib/view/view'
import { isSamePoint, PAST_PARAMETER, type PastPoint, pastPointOf } from './past-point'

/** The board of a moment of the past. */
export interface PastBoard {
  readonly point: PastPoint
  readonly view: View
  /** What had just happened, oldest first. */
  readonly recent: readonly BoxEvent[]
}

/**
 * Which moment this page looks at: none while it is live. It does no I/O: the address says which
 * moment is asked for, and a loader brings its board. Until that is here, the one before stays.
 */
export class PastStore {
  private point: PastPoint | undefined
  private board: PastBoard | undefined
  private failure: unknown
  private readonly listeners = new Set<() => void>()

  constructor(point?: PastPoint) {
    this.point = point
  }

  /** What is asked for; undefined while the page is live. */
  getPoint = (): PastPoint | undefined => this.point
  /** What can be shown so far. */
  getBoard = (): PastBoard | undefined => this.board
  /** Why the moment that is asked for cannot be shown. */
  getFailure = (): unknown => this.failure
  /** The time that the board stands at, ms: of what is shown, or else of what is asked for. */
  getTime = (): number | undefined => this.board?.point.at ?? this.point?.at

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  /** Undefined goes back to live. */
  ask(point: PastPoint | undefined): void {
    if (isSamePoint(point, this.point) && this.failure === undefined) return
    this.point = point
    this.failure = undefined
    if (point === undefined) this.board = undefined
    this.changed()
  }

  show(board: PastBoard): void {
    if (this.point === undefined) return
    this.board = board
    this.failure = undefined
    this.changed()
  }

  fail(error: unknown): void {
    if (this.point === undefined) return
    this.failure = error
    this.changed()
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener()
  }
}

let store: PastStore | undefined

/** The page's own. A page that is opened by a link to the past is there from its first moment. */
export function pagePast(): PastStore {
  store ??= new PastStore(
    typeof window === 'undefined'
      ? undefined
      : pastPointOf(new URLSearchParams(window.location.search).get(PAST_PARAMETER)),
  )
  return store
}
