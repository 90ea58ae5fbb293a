/**
 * What the library throws on purpose. Each has its facts in readonly fields, the values in its
 * message, and a guard. The guards go by name: a program may hold two copies of this module (one
 * imported, one required), whose classes are not the same.
 */
function guard<E extends Error>(name: string) {
  return (error: unknown): error is E => error instanceof Error && error.name === name
}

/** An argument breaks a rule. Nothing was sent. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError'
  constructor(
    /** Which argument or option. */
    readonly field: string,
    /** What it must be. */
    readonly rule: string,
  ) {
    super(`${field} ${rule}`)
  }
}
export const isInvalidInputError = guard<InvalidInputError>('InvalidInputError')

/** Something that has to be set up isn't, or wrongly. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  constructor(
    /** The option or environment variable. */
    readonly setting: string,
    problem: string,
  ) {
    super(`${setting}: ${problem}`)
  }
}
export const isConfigurationError = guard<ConfigurationError>('ConfigurationError')

/** Called before `connect()` or after the end. */
export class NotConnectedError extends Error {
  override readonly name = 'NotConnectedError'
  constructor(
    /** What was called. */
    readonly operation: string,
    hint = 'call connect() first',
  ) {
    super(`${operation}: not connected, ${hint}`)
  }
}
export const isNotConnectedError = guard<NotConnectedError>('NotConnectedError')

/** This incarnation of a coordinator was replaced: nothing that it writes counts any more. */
export class FencedError extends Error {
  override readonly name = 'FencedError'
  constructor(
    readonly coordinatorId: string,
    readonly operation: string,
    /** The epoch that wrote. */
    readonly epoch: number,
    /** The epoch that holds the id now. */
    readonly currentEpoch: number,
  ) {
    super(
      `${operation} of ${coordinatorId} was refused: it has epoch ${epoch}, and ${currentEpoch} holds this id now`,
    )
  }
}
export const isFencedError = guard<FencedError>('FencedError')

/** The idempotency key stands for another payload already. Nothing was sent. */
export class IdempotencyConflictError extends Error {
  override readonly name = 'IdempotencyConflictError'
  constructor(
    readonly senderId: string,
    readonly idempotencyKey: string,
    /** The signal that the key stands for. */
    readonly signalId: string,
  ) {
    super(`idempotency key ${idempotencyKey} of ${senderId} stands for ${signalId}, which differs`)
  }
}
export const isIdempotencyConflictError = guard<IdempotencyConflictError>(
  'IdempotencyConflictError',
)

/** A receiver has more pending signals than its inbox holds. Nothing was sent. */
export class InboxFullError extends Error {
  override readonly name = 'InboxFullError'
  constructor(
    readonly coordinatorId: string,
    readonly limit: number,
  ) {
    super(`the inbox of ${coordinatorId} is full: ${limit} signals are pending`)
  }
}
export const isInboxFullError = guard<InboxFullError>('InboxFullError')

/** A breaker refused a call without trying it. `cause` is the last error of its dependency. */
export class CircuitOpenError extends Error {
  override readonly name = 'CircuitOpenError'
  constructor(
    readonly breaker: string,
    readonly state: 'open' | 'half-open',
    /** Sleep this long, ms, and a call is let through. */
    readonly cooldownRemaining: number,
    cause?: unknown,
  ) {
    super(
      state === 'open'
        ? `circuit breaker ${breaker} is open, and lets a probe through in ${cooldownRemaining} ms`
        : `circuit breaker ${breaker} is half-open, and all its probes are out`,
      { cause },
    )
  }
}
export const isCircuitOpenError = guard<CircuitOpenError>('CircuitOpenError')

/** No answer in time. What was asked for may have happened, or may still: ask again. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError'
  constructor(
    readonly operation: string,
    readonly timeoutMs: number,
  ) {
    super(`${operation}: no answer within ${timeoutMs} ms`)
  }
}
export const isTimeoutError = guard<TimeoutError>('TimeoutError')

/** A coordinator holds its limit of work items. Nothing was stored. */
export class WorkFullError extends Error {
  override readonly name = 'WorkFullError'
  constructor(
    readonly coordinatorId: string,
    readonly limit: number,
  ) {
    super(`${coordinatorId} holds ${limit} work items, which is the limit`)
  }
}
export const isWorkFullError = guard<WorkFullError>('WorkFullError')

/** There is no record of this coordinator. */
export class UnknownCoordinatorError extends Error {
  override readonly name = 'UnknownCoordinatorError'
  constructor(readonly coordinatorId: string) {
    super(`there is no coordinator ${coordinatorId}`)
  }
}
export const isUnknownCoordinatorError = guard<UnknownCoordinatorError>('UnknownCoordinatorError')

/** What was asked for does not go with the state that a coordinator is in, such as replacing one that lives. */
export class CoordinatorStateError extends Error {
  override readonly name = 'CoordinatorStateError'
  constructor(
    readonly coordinatorId: string,
    readonly liveness: string,
    /** What it would need. */
    readonly rule: string,
  ) {
    super(`${coordinatorId} is ${liveness}: ${rule}`)
  }
}
export const isCoordinatorStateError = guard<CoordinatorStateError>('CoordinatorStateError')

/** A replacement can only be taken up with its claim, and this is not it, or it was used already. */
export class ClaimRefusedError extends Error {
  override readonly name = 'ClaimRefusedError'
  constructor(readonly coordinatorId: string) {
    super(`the claim for ${coordinatorId} is not valid, or was used already`)
  }
}
export const isClaimRefusedError = guard<ClaimRefusedError>('ClaimRefusedError')

/** Redis has reached its memory limit and takes no new data. Nothing was stored. */
export class RedisFullError extends Error {
  override readonly name = 'RedisFullError'
  constructor(
    readonly operation: string,
    cause: unknown,
  ) {
    super(`${operation} was refused: Redis is out of memory`, { cause })
  }
}
export const isRedisFullError = guard<RedisFullError>('RedisFullError')

/** A signal can no longer be answered: its record is gone, or it expired or was cancelled before. */
export class SignalStateError extends Error {
  override readonly name = 'SignalStateError'
  constructor(
    readonly signalId: string,
    readonly state: 'gone' | 'expired' | 'cancelled',
  ) {
    super(
      state === 'gone'
        ? `there is no record of ${signalId} any more: it cannot be acknowledged`
        : `${signalId} has ${state === 'expired' ? 'expired' : 'been cancelled'}: it cannot be acknowledged`,
    )
  }
}
export const isSignalStateError = guard<SignalStateError>('SignalStateError')
