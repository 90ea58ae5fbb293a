/** Lets a few through at a time, some wait, and the rest are turned away. */
export class Turnstile {
  private inside = 0
  private readonly queue: (() => void)[] = []

  constructor(
    private readonly atOnce: number,
    private readonly waiting: number,
  ) {}

  /** Undefined when too many wait already. */
  async pass<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.inside >= this.atOnce) {
      if (this.queue.length >= this.waiting) return undefined
      // Who is called comes in the place of the one who left.
      await new Promise<void>((resolve) => this.queue.push(resolve))
    } else this.inside += 1
    try {
      return await work()
    } finally {
      const next = this.queue.shift()
      if (next) next()
      else this.inside -= 1
    }
  }
}
