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

export class TooManyAttemptsError extends Error {
  override readonly name = 'TooManyAttemptsError'
  constructor(readonly retryAfterMs: number) {
    super(`Too many attempts. Try again in ${Math.ceil(retryAfterMs / 60_000)} min.`)
  }
}

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
