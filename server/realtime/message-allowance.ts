const WINDOW_MS = 10_000
const MOST_IN_WINDOW = 100

/** How much one socket may say: pages say little, and whoever says more is no page of ours. */
export class MessageAllowance {
  private count = 0
  private since: number

  constructor(
    private readonly most = MOST_IN_WINDOW,
    private readonly monotonic: () => number = () => performance.now(),
  ) {
    this.since = monotonic()
  }

  /** False when this message is one too many. */
  take(): boolean {
    const now = this.monotonic()
    if (now - this.since > WINDOW_MS) {
      this.since = now
      this.count = 0
    }
    this.count++
    return this.count <= this.most
  }
}
