import { InvalidInputError } from '../../redis/errors'
import type { RedisLike } from '../../redis/redis-like'
import { checkId } from '../signal-input'

export interface CoordinatorTimeoutHandlerOptions {
  redisClient: RedisLike
  /**
   * Silence beyond this means dead, ms. If given, it becomes the namespace's default when monitoring starts,
   * and holds for whom this handler registers. Else the namespace's holds, 300,000 if it has none.
   */
  timeoutThreshold?: number
  /** Between two looks, ms. Default 30,000. */
  checkInterval?: number
  /** Remove what a dead one leaves among the living, in the same step as its death. Default true. */
  autoCleanup?: boolean
  /** Replace whoever dies. Default false. */
  autoEscalate?: boolean
  /** Tell on stderr what happens. Default false. */
  debug?: boolean
  /** Default: the one without a name. */
  namespace?: string
}

/** A threshold of a year is as good as none. */
const LONGEST_THRESHOLD_MS = 31_536_000_000
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The options with their defaults. @throws InvalidInputError naming the option and its rule */
export function checkHandlerOptions(options: CoordinatorTimeoutHandlerOptions) {
  const { redisClient, timeoutThreshold, checkInterval = 30_000, namespace } = options
  if (!redisClient) {
    throw new InvalidInputError('redisClient', 'must be a Redis or Cluster of ioredis')
  }
  checkDuration('timeoutThreshold', timeoutThreshold, LONGEST_THRESHOLD_MS)
  checkDuration('checkInterval', checkInterval, LONGEST_TIMER_MS)
  if (namespace !== undefined && namespace !== '') checkId('namespace', namespace)
  return {
    redisClient,
    timeoutThreshold,
    checkInterval,
    namespace,
    autoCleanup: options.autoCleanup ?? true,
    autoEscalate: options.autoEscalate ?? false,
    debug: options.debug ?? false,
  }
}

function checkDuration(field: string, value: unknown, most: number): void {
  if (value === undefined) return
  if (typeof value !== 'number' || !(value >= 1 && value <= most)) {
    throw new InvalidInputError(field, `must be a number of milliseconds from 1 to ${most}`)
  }
}
