/** Who stands in the queue, and what takes them out of it. */
interface Waiting {
  readonly who: string
  readonly call: () => void
}

export interface Visit {
  /** Whose place in the queue it takes. */
  readonly who: string
  /** Whoever goes gives the place in the queue back. */
  readonly gone?: AbortSignal
}

interface TurnstileOptions {
  /** How many are inside at a time. */
  readonly atOnce: number
  /** How many may wait; as many as want to unless given. */
  readonly waiting?: number
  /** How many of those that wait may be one's own. */
  readonly waitingEach?: number
}

/** Lets a few through at a time, some wait, and the rest are turned away. */
export class Turnstile {
  private inside = 0
  private queue: readonly Waiting[] = []

  constructor(private readonly options: TurnstileOptions) {}

  /** Undefined when too many wait already, or whoever waited is gone. */
  async pass<T>({ who, gone }: Visit, work: () => Promise<T>): Promise<T | undefined> {
    if (gone?.aborted) return undefined
    if (this.inside < this.options.atOnce) this.inside += 1
    else if (!(await this.wait(who, gone))) return undefined
    try {
      return await work()
    } finally {
      const [next, ...rest] = this.queue
      this.queue = rest
      // Who is called comes in the place of the one who left.
      if (next) next.call()
      else this.inside -= 1
    }
  }

  /** Whether one was called in. */
  private wait(who: string, gone: AbortSignal | undefined): Promise<boolean> | false {
    const { waiting = Infinity, waitingEach = Infinity } = this.options
    if (this.queue.length >= waiting) return false
    if (this.queue.filter((it) => it.who === who).length >= waitingEach) return false
    return new Promise((resolve) => {
      const leave = () => {
        this.queue = this.queue.filter((it) => it !== own)
        resolve(false)
      }
      const own = {
        who,
        call: () => {
          gone?.removeEventListener('abort', leave)
          resolve(true)
        },
      }
      this.queue = [...this.queue, own]
      gone?.addEventListener('abort', leave, { once: true })
    })
  }
}
