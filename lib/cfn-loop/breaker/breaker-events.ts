import type { BreakerState } from '../../protocol/breaker'

/** One attempt of a call failed, inside `execute`. */
export interface AttemptFailed {
  /** 1 is the first attempt of this call. */
  readonly attempt: number
  readonly maxAttempts: number
  /** The delay of this attempt's place in `delays`, ms, whether or not another attempt follows. */
  readonly nextDelay: number
}

/** What a `CircuitBreaker` tells, and when. A type, not an interface: emitters want an index. */
export type CircuitBreakerEvents = {
  /** It is now closed, open or half-open. Follows the `attempt:failed` or `success` that caused it. */
  'state:changed': [state: BreakerState]
  /** An attempt failed. Calls whose error `isFailure` lets pass don't count. */
  'attempt:failed': [event: AttemptFailed]
  /** A call succeeded. */
  success: []
  /** A call was refused without being tried, since the breaker is open or its probes are out. */
  'request:rejected': []
}
