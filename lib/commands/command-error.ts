import type * as z from 'zod'
import { type BrokenRule, brokenRules } from '../protocol/broken-rules'

/** Why an action did not happen; each kind is one HTTP status. */
export type CommandErrorKind =
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'limited'
  | 'unavailable'

/**
 * An action that was not carried out, in words for who pressed the button: what was in the way,
 * and what to do.
 */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  constructor(
    readonly kind: CommandErrorKind,
    message: string,
    readonly hint?: string,
    readonly fields: readonly BrokenRule[] = [],
    readonly retryAfterMs?: number,
  ) {
    super(message)
  }
}

/** Of an input that its schema refuses. */
export function invalidInput(error: z.ZodError): CommandError {
  const fields = brokenRules(error)
  return new CommandError('invalid', 'Some of what was sent breaks a rule.', undefined, fields)
}

export function isCommandError(error: unknown): error is CommandError {
  return error instanceof Error && error.name === 'CommandError'
}
