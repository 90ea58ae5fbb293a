/**
 * By name, as for the errors of the core: the server and Next's bundles hold a copy of each class.
 */
function guard<E extends Error>(name: string) {
  return (error: unknown): error is E => error instanceof Error && error.name === name
}

/** A wrong password, an unknown user or a used link: which of them is not told. */
export class SignInRefusedError extends Error {
  override readonly name = 'SignInRefusedError'
  constructor(readonly by: 'link' | 'password') {
    super(
      by === 'link'
        ? 'This sign-in link was used already, or is older than it may be.'
        : 'The name or the password is wrong.',
    )
  }
}
export const isSignInRefusedError = guard<SignInRefusedError>('SignInRefusedError')

export class TooManyAttemptsError extends Error {
  override readonly name = 'TooManyAttemptsError'
  constructor(readonly retryAfterMs: number) {
    super(`Too many attempts. Try again in ${Math.ceil(retryAfterMs / 60_000)} min.`)
  }
}
export const isTooManyAttemptsError = guard<TooManyAttemptsError>('TooManyAttemptsError')

export type UserRule =
  | 'exists'
  | 'unknown'
  | 'last-admin'
  | 'password-too-short'
  | 'password-too-long'

/** A change of users that the rules forbid. */
export class UserRuleError extends Error {
  override readonly name = 'UserRuleError'
  constructor(
    readonly rule: UserRule,
    readonly user: string,
    message: string,
  ) {
    super(message)
  }
}
export const isUserRuleError = guard<UserRuleError>('UserRuleError')

export class TooManyTokensError extends Error {
  override readonly name = 'TooManyTokensError'
  constructor(readonly most: number) {
    super(`There are ${most} machine tokens already: revoke some first.`)
  }
}
export const isTooManyTokensError = guard<TooManyTokensError>('TooManyTokensError')
