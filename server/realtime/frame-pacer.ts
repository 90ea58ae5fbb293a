/** Between two flushes at least, ms. */
const PAUSE_MS = 60

/**
 * Puts what happens within a moment into one frame for all: the first at once, what follows it
 * after a pause. Many small frames are what costs a server, not many bytes.
 */
export class FramePacer {
  private timer: NodeJS.Timeout | undefined
  private last = Number.NEGATIVE_INFINITY
  private closed = false

  constructor(
    private readonly flush: () => void,
    private readonly pauseMs = PAUSE_MS,
  ) {}

  /** There is something to send. */
  want(): void {
    if (this.timer !== undefined || this.closed) return
    const rest = this.last + this.pauseMs - performance.now()
    if (rest <= 0) this.run()
    else this.timer = setTimeout(() => this.run(), rest)
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
  }

  private run(): void {
    this.timer = undefined
    this.last = performance.now()
    this.flush()
  }
}
