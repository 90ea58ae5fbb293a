import {
  isConfigurationError,
  isCoordinatorStateError,
  isIdempotencyConflictError,
  isInboxFullError,
  isInvalidInputError,
  isRedisFullError,
  isUnknownCoordinatorError,
} from '../redis/errors'
import { CommandError, isCommandError } from './command-error'

/**
 * The refusal that an error of the core stands for, in words for an operator. Undefined for
 * whatever leaves open if the action happened: a lost connection, a time-out.
 */
export function commandErrorOf(error: unknown): CommandError | undefined {
  if (isCommandError(error)) return error
  if (isInvalidInputError(error)) {
    const { field, rule } = error
    return new CommandError('invalid', error.message, undefined, [{ field, rule }])
  }
  if (isUnknownCoordinatorError(error)) {
    return new CommandError('not-found', `There is no coordinator ${error.coordinatorId}.`)
  }
  if (isCoordinatorStateError(error)) return new CommandError('conflict', error.message)
  if (isInboxFullError(error)) {
    return new CommandError(
      'conflict',
      `The inbox of ${error.coordinatorId} is full: ${error.limit} signals are pending.`,
      'Cancel pending signals to it, or escalate it if it is dead.',
    )
  }
  if (isIdempotencyConflictError(error)) {
    return new CommandError(
      'conflict',
      `The idempotency key ${error.idempotencyKey} stands for another signal, ${error.signalId}.`,
      'Use another key.',
    )
  }
  if (isRedisFullError(error)) {
    return new CommandError(
      'unavailable',
      'Redis is full, and refused to store it.',
      'Give Redis more memory, or forget what has ended.',
    )
  }
  return isConfigurationError(error) ? new CommandError('unavailable', error.message) : undefined
}
