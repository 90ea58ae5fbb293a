import type { BreakerClock } from '@/lib/cfn-loop/breaker/breaker-clock'

/** A clock that a test moves by hand. Timers run when it is moved past them. */
export class FakeClock implements BreakerClock {
  #now: number
  #wallOffset = 1_700_000_000_000
  #timers = new Set<{ at: number; callback: () => void }>()

  constructor(start = 1000) {
    this.#now = start
  }

  monotonic = () => this.#now
  wall = () => this.#wallOffset + this.#now

  after = (ms: number, callback: () => void) => {
    const timer = { at: this.#now + ms, callback }
    this.#timers.add(timer)
    return () => {
      this.#timers.delete(timer)
    }
  }

  get pendingTimers(): number {
    return this.#timers.size
  }

  /** Somebody sets the time of day. */
  setWall(offset: number): void {
    this.#wallOffset = offset
  }

  /** Moves on, running timers in their order and letting what awaits them go on. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    for (;;) {
      await settled()
      const next = [...this.#timers].sort((a, b) => a.at - b.at)[0]
      if (next === undefined || next.at > end) break
      this.#now = Math.max(this.#now, next.at)
      this.#timers.delete(next)
      next.callback()
    }
    this.#now = end
    await settled()
  }
}

/** Everything that was only waiting for promises has gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
