import { phaseSchema } from '../protocol/coordinator'
import { ConfigurationError, InvalidInputError } from '../redis/errors'
import type { RedisLike } from '../redis/redis-like'
import { SECRET_SETTING } from './key-ring'
import { checkId, checkSeconds } from './signal-input'

export interface BlockingCoordinationManagerOptions {
  redisClient: RedisLike
  /** 1 to 64 characters of A-Z, a-z, 0-9, _ and -. */
  coordinatorId: string
  /** Signs ACKs, and is shared by all who check them: at least 32 random bytes. */
  hmacSecret: string | undefined
  /** Default `default`. */
  swarmId?: string | undefined
  /** What it is doing, for people and in its ACKs. */
  phase?: string | undefined
  /** How long copies of its ACKs are kept, and settled signals at least, s. Default 3600. */
  ackTtl?: number | undefined
  /** Tell on stderr what happens. Default false. */
  debug?: boolean | undefined
  /** Default: the one without a name. */
  namespace?: string | undefined
  /** Between two beats, ms. Default: a tenth of the threshold, at most 5,000. */
  heartbeatInterval?: number | undefined
  /** Silence beyond this means dead, ms. Default: the namespace's. */
  timeoutThreshold?: number | undefined
  /** What is acknowledged is settled only by `completeSignal`. Default false. */
  trackCompletion?: boolean | undefined
  /** Shows that this process may take up a replacement that was asked for. */
  claim?: string | undefined
  /** False: it never appears on the board; it can wait and check, but not acknowledge. Default true, on first use. */
  register?: boolean | undefined
  /** Marks on the board what is nobody's real work. */
  label?: 'sample' | 'load' | undefined
}

const LONGEST_MS = 31_536_000_000

/** The options with their defaults. @throws InvalidInputError, ConfigurationError */
export function checkManagerOptions(options: BlockingCoordinationManagerOptions) {
  const { redisClient, hmacSecret, swarmId, phase, namespace = '', ackTtl = 3600 } = options
  if (!redisClient) {
    throw new InvalidInputError('redisClient', 'must be a Redis or Cluster of ioredis')
  }
  if (typeof hmacSecret !== 'string' || hmacSecret === '') {
    throw new ConfigurationError(
      SECRET_SETTING,
      'hmacSecret is required to sign ACKs, usually from this variable of the environment',
    )
  }
  if (swarmId !== undefined) checkId('swarmId', swarmId)
  if (namespace !== '') checkId('namespace', namespace)
  if (phase !== undefined) checkPhase(phase)
  checkDuration('heartbeatInterval', options.heartbeatInterval)
  checkDuration('timeoutThreshold', options.timeoutThreshold)
  return {
    redisClient,
    hmacSecret,
    swarmId,
    phase,
    namespace,
    coordinatorId: checkId('coordinatorId', options.coordinatorId),
    ackTtlMs: checkSeconds('ackTtl', ackTtl),
    debug: options.debug ?? false,
    heartbeatInterval: options.heartbeatInterval,
    timeoutThreshold: options.timeoutThreshold,
    trackCompletion: options.trackCompletion ?? false,
    claim: options.claim,
    register: options.register ?? true,
    label: options.label,
  }
}

export function checkPhase(value: unknown): string {
  const parsed = phaseSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new InvalidInputError(
    'phase',
    'must be 1 to 128 characters, none of them control characters',
  )
}

function checkDuration(field: string, value: unknown): void {
  if (value === undefined) return
  if (typeof value !== 'number' || !(value >= 1 && value <= LONGEST_MS)) {
    throw new InvalidInputError(field, `must be a number of milliseconds from 1 to ${LONGEST_MS}`)
  }
}
