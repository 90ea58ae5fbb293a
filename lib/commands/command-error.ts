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
    readonly fields: readonly { field: string; rule: string }[] = [],
    readonly retryAfterMs?: number,
  ) {
    super(message)
  }
}

export function isCommandError(error: unknown): error is CommandError {
  return error instanceof Error && error.name === 'CommandError'
}
