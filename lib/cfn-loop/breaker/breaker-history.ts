import type { BreakerState } from '../../protocol/breaker'

/** One change of state. */
export interface BreakerTransition {
  readonly state: BreakerState
  /** Time of day of this process, ms since 1970. */
  readonly at: number
  /** How long ago, ms, by a clock that no one can set: what is published. */
  readonly ageMs: number
}

interface Entry {
  readonly state: BreakerState
  readonly at: number
  readonly monotonic: number
}

/** Transitions kept. */
const KEPT = 20

/** The last changes of a breaker's state, oldest first. The first says how it was made: closed. */
export class BreakerHistory {
  readonly #entries: Entry[] = []
  #count = 0

  /** How many changes there were, forgotten ones included. */
  get count(): number {
    return this.#count
  }

  add(state: BreakerState, at: number, monotonic: number): void {
    this.#count++
    this.#entries.push({ state, at, monotonic })
    if (this.#entries.length > KEPT) this.#entries.shift()
  }

  list(monotonic: number): BreakerTransition[] {
    return this.#entries.map((it) => ({
      state: it.state,
      at: it.at,
      ageMs: Math.max(0, Math.round(monotonic - it.monotonic)),
    }))
  }
}
