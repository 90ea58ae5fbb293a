import { InvalidInputError } from '../redis/errors'
import type { RedisLike } from '../redis/redis-like'
import { checkId, checkSeconds } from './signal-input'

export interface BlockingCoordinationSignalsOptions {
  /** Default `localhost`. */
  redisHost?: string | undefined
  /** Default 6379. */
  redisPort?: number | undefined
  /** Default: `REDIS_PASSWORD` of the environment. */
  redisPassword?: string | undefined
  /** Default 0. */
  redisDatabase?: number | undefined
  /** A connection to use instead of one of its own; it is not closed by `disconnect()`. */
  redisClient?: RedisLike | undefined
  /** Until what is pending expires, and how long settled signals are kept at least, s. Default 86400. */
  signalTTL?: number | undefined
  /** A repeat of what is still pending is that same signal. Default true. */
  enableIdempotency?: boolean | undefined
  /** How long an idempotency key of one's own holds, s. Default 86400. */
  idempotencyTTL?: number | undefined
  /** Default: the one without a name. */
  namespace?: string | undefined
}

/** The options with their defaults. @throws InvalidInputError naming the option and its rule */
export function checkSignalsOptions(options: BlockingCoordinationSignalsOptions) {
  const { redisHost = 'localhost', redisPort = 6379, redisDatabase = 0, namespace = '' } = options
  if (typeof redisHost !== 'string' || redisHost === '') {
    throw new InvalidInputError('redisHost', 'must be the name or address of a host')
  }
  checkInteger('redisPort', redisPort, 1, 65_535)
  checkInteger('redisDatabase', redisDatabase, 0, 65_535)
  if (namespace !== '') checkId('namespace', namespace)
  return {
    redisHost,
    redisPort,
    redisDatabase,
    redisPassword: options.redisPassword,
    redisClient: options.redisClient,
    namespace,
    signalTtlMs: checkSeconds('signalTTL', options.signalTTL ?? 86_400),
    idempotencyTtlMs: checkSeconds('idempotencyTTL', options.idempotencyTTL ?? 86_400),
    enableIdempotency: options.enableIdempotency ?? true,
  }
}

function checkInteger(field: string, value: unknown, least: number, most: number): void {
  if (!Number.isInteger(value) || Number(value) < least || Number(value) > most) {
    throw new InvalidInputError(field, `must be a whole number from ${least} to ${most}`)
  }
}
