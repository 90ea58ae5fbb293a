/** Where a breaker takes its time from. */
export interface BreakerClock {
  /** Never runs backwards, ms: what cooldowns are measured with. */
  monotonic(): number
  /** Time of day, ms since 1970: only for people to read. */
  wall(): number
  /** Calls back after a time, ms; answers the way to call it off. */
  after(ms: number, callback: () => void): () => void
}

/** `setTimeout` runs at once when asked for more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

// A jump of the time of day must neither hold a breaker open nor let probes through early.
export const systemClock: BreakerClock = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, LONGEST_TIMER_MS))
    return () => clearTimeout(timer)
  },
}
