// @ts-check

/** What went wrong in one sentence for the user, who needs no stack to mend it. */
export class PlainError extends Error {
  /** @override */
  name = 'PlainError'
}
