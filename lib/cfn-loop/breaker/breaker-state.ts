import type { BreakerState } from '../../protocol/breaker'
import type { BreakerTransition } from './breaker-history'

/** What `getState()` answers. */
export interface CircuitBreakerState {
  readonly state: BreakerState
  /** Consecutive failures. */
  readonly failureCount: number
  /** Time of day, ms since 1970; null before the first failure. */
  readonly lastFailureTime: number | null
  /** Ms until a call is let through again: sleep exactly this long. 0 where one is now. */
  readonly cooldownRemaining: number
}

/** What `getStatistics()` answers. */
export interface CircuitBreakerStatistics extends CircuitBreakerState {
  readonly name: string
  /** Calls that were tried and have ended. Retries of one call are one call. */
  readonly calls: number
  readonly succeeded: number
  readonly failed: number
  /** Calls that were refused without being tried. */
  readonly rejected: number
  /** Attempts that failed, retries included, and how many of them by `timeoutMs`. */
  readonly failedAttempts: number
  readonly timeouts: number
  readonly lastError: string | null
  /** Changes of state so far. */
  readonly transitionCount: number
  /** The last 20 of them, oldest first; how it was made is the first. */
  readonly transitions: readonly BreakerTransition[]
}
