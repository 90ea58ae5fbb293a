/** An estimate as good as this is kept until it is old, ms of round trip. */
const GOOD_ROUND_TRIP_MS = 5
const ESTIMATE_LIFE_MS = 30_000

/**
 * Redis' time between two answers of Redis: this process' monotonic clock, set by each answer.
 * The host's own clock, which may be wrong and may jump, has no part in it.
 */
export class RedisClock {
  private offsetMs: number
  private roundTripMs = Number.POSITIVE_INFINITY
  private setAt = Number.NEGATIVE_INFINITY

  constructor(
    private readonly monotonic: () => number = () => performance.now(),
    firstGuess: number = Date.now(),
  ) {
    this.offsetMs = firstGuess - monotonic()
  }

  /** Redis said `redisMs` in answer to a question asked at `askedAt` (monotonic), just now. */
  observe(redisMs: number, askedAt: number): void {
    const now = this.monotonic()
    const roundTripMs = now - askedAt
    const offsetMs = redisMs + roundTripMs / 2 - now
    const isOld = now - this.setAt > ESTIMATE_LIFE_MS
    const jumped = Math.abs(offsetMs - this.offsetMs) > roundTripMs + this.roundTripMs + 50
    if (roundTripMs > this.roundTripMs && roundTripMs > GOOD_ROUND_TRIP_MS && !isOld && !jumped)
      return
    this.offsetMs = offsetMs
    this.roundTripMs = roundTripMs
    this.setAt = now
  }

  /** ms since 1970. */
  now(): number {
    return Math.round(this.monotonic() + this.offsetMs)
  }
}
