const SLOTS = 10

/** How many a second, over the last ten whole seconds and the one that runs. */
export class RateMeter {
  private readonly counts = new Float64Array(SLOTS)
  private readonly firstSecond: number
  private second: number

  constructor(private readonly monotonic: () => number = () => performance.now()) {
    this.second = this.current()
    this.firstSecond = this.second
  }

  add(count: number): void {
    this.turn()
    const slot = this.second % SLOTS
    this.counts[slot] = (this.counts[slot] ?? 0) + count
  }

  perSecond(): number {
    this.turn()
    const seconds = Math.min(SLOTS, this.second - this.firstSecond + 1)
    const sum = this.counts.reduce((all, it) => all + it, 0)
    return Math.round((sum / seconds) * 10) / 10
  }

  private current(): number {
    return Math.floor(this.monotonic() / 1000)
  }

  private turn(): void {
    const now = this.current()
    const passed = Math.min(now - this.second, SLOTS)
    for (let i = 1; i <= passed; i++) this.counts[(this.second + i) % SLOTS] = 0
    this.second = now
  }
}
