import {
  isSignInRefusedError,
  isTooManyAttemptsError,
  isTooManyTokensError,
  isUserRuleError,
} from '@/lib/auth/auth-errors'
import { type CommandErrorKind, isCommandError } from '@/lib/commands/command-error'
import {
  isClaimRefusedError,
  isFencedError,
  isInvalidInputError,
  isSignalStateError,
  isUnknownCoordinatorError,
} from '@/lib/redis/errors'
import { HttpProblem } from './problem'

const statusOf: Record<CommandErrorKind, number> = {
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  invalid: 422,
  limited: 429,
  unavailable: 503,
}

/** By name: the server and these bundles hold a copy of the class each. */
const isTooManyWebhooks = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'TooManyWebhooksError'

/** What Redis is given to come back before the next try. */
export const REDIS_PAUSE_MS = 2_000

/** Errors of a connection that is gone or too slow, as ioredis and the core name them. */
const UNREACHABLE =
  /Connection is closed|Command timed out|Stream isn't writeable|max retries|ECONN|ETIMEDOUT|EPIPE|^(LOADING|MASTERDOWN|CLUSTERDOWN|READONLY|BUSY|OOM)\b/

const UNREACHABLE_NAMES: ReadonlySet<string> = new Set([
  'CircuitOpenError',
  'TimeoutError',
  'MaxRetriesPerRequestError',
  'NotConnectedError',
  'RedisFullError',
])

/** What to answer for an error; undefined for one that nobody foresaw. */
export function problemOf(error: unknown): HttpProblem | undefined {
  if (error instanceof HttpProblem) return error
  if (isCommandError(error)) {
    return new HttpProblem(statusOf[error.kind], error.message, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      errors: error.fields,
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    })
  }
  if (isSignInRefusedError(error)) {
    const hint =
      error.by === 'link'
        ? 'Ask for a new one: an admin makes it in the settings, or npm run sign-in-link on the server.'
        : 'A forgotten password is replaced by an admin in the settings, or by npm run users -- set-password NAME on the server.'
    return new HttpProblem(401, error.message, { hint })
  }
  if (isTooManyAttemptsError(error)) {
    return new HttpProblem(429, error.message, { retryAfterMs: error.retryAfterMs })
  }
  if (isUserRuleError(error)) {
    const status = error.rule === 'unknown' ? 404 : error.rule === 'exists' ? 409 : 422
    return new HttpProblem(status, error.message)
  }
  if (isFencedError(error)) {
    return new HttpProblem(409, `Somebody else holds the id ${error.coordinatorId} now.`, {
      hint: 'End here: nothing that this process sends counts any more.',
    })
  }
  if (isUnknownCoordinatorError(error)) {
    return new HttpProblem(409, `${error.coordinatorId} has no record that could be written to.`, {
      hint: 'Register again, with the same instance and the epoch it had.',
    })
  }
  if (isClaimRefusedError(error)) {
    return new HttpProblem(
      403,
      `A process is expected as ${error.coordinatorId}, with its claim.`,
      {
        hint: 'The spawner hands the claim to the process that it starts, and it is good once.',
      },
    )
  }
  if (isSignalStateError(error)) return new HttpProblem(409, `${error.message}.`)
  if (isInvalidInputError(error)) {
    const { field, rule } = error
    const errors = [{ field, rule }]
    return new HttpProblem(422, 'Some of what was sent breaks a rule.', { errors })
  }
  if (isTooManyTokensError(error)) return new HttpProblem(409, error.message)
  if (isTooManyWebhooks(error)) return new HttpProblem(409, error.message)
  if (!(error instanceof Error)) return undefined
  if (isUnreachable(error)) {
    return new HttpProblem(503, 'Redis cannot be reached, so nobody can say what happened.', {
      hint: 'Try again once it is back. Pressing again is safe.',
      retryAfterMs: REDIS_PAUSE_MS,
    })
  }
  return undefined
}

/** Whether Redis did not answer. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return UNREACHABLE_NAMES.has(error.name) || UNREACHABLE.test(error.message)
}
