import type { Redis } from 'ioredis'
import { describeRedis, type RedisPlace } from '@/lib/config/redis-address'

const OLDEST_MAJOR = 7

/** Redis is there, but cannot be used as it is; the message says what to change. */
export class UnfitRedisError extends Error {
  override readonly name = 'UnfitRedisError'
}

const isTimeout = (error: unknown) =>
  error instanceof Error && error.message === 'Command timed out'

/** What went wrong while the server started, in words where the connection's own are none. */
export function explainStartError(error: unknown, place: RedisPlace): unknown {
  if (!isTimeout(error)) return error
  return new UnfitRedisError(
    `${describeRedis(place)} took too long to answer while the control room started. It is overloaded, or stuck on its disk: start again when it answers quickly.`,
  )
}

/** What of Redis' own report decides whether it can be used. */
export function checkRedisInfo(info: string): void {
  const field = (name: string) => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1]
  const version = field('redis_version') ?? 'unknown'
  if (!(Number.parseInt(version, 10) >= OLDEST_MAJOR)) {
    throw new UnfitRedisError(
      `Redis is version ${version}, and Signalbox needs ${OLDEST_MAJOR}.0 or newer: update it.`,
    )
  }
  const policy = field('maxmemory_policy')
  if (policy !== undefined && policy !== 'noeviction') {
    throw new UnfitRedisError(
      `Redis would silently delete keys when it is full (maxmemory-policy ${policy}): set maxmemory-policy to noeviction.`,
    )
  }
}

/**
 * Connects, trying again until `withinMs` are over, and checks that this Redis can be used.
 *
 * @throws UnfitRedisError in words for whoever started the server
 */
export async function connectChecked(
  redis: Redis,
  place: RedisPlace,
  withinMs: number,
): Promise<void> {
  const giveUpAt = performance.now() + withinMs
  const note = { last: 'no answer' }
  const onError = (error: Error) => {
    note.last = error.message
  }
  redis.on('error', onError)
  try {
    redis.connect().catch(onError)
    while (redis.status !== 'ready') {
      if (/^(NOAUTH|WRONGPASS)/.test(note.last)) {
        throw new UnfitRedisError(
          `${describeRedis(place)} refuses (${note.last}): set REDIS_PASSWORD, or REDIS_URL with the password in it.`,
        )
      }
      if (performance.now() > giveUpAt || redis.status === 'end') {
        throw new UnfitRedisError(`${describeRedis(place)} cannot be reached: ${note.last}.`)
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    checkRedisInfo(await readInfo(redis, giveUpAt))
  } finally {
    redis.off('error', onError)
  }
}

/** While a machine starts everything at once, answers may come late. */
async function readInfo(redis: Redis, giveUpAt: number): Promise<string> {
  for (;;) {
    try {
      // One call per section: INFO takes several only since 7.0, and the version is what is asked.
      return `${await redis.info('server')}\n${await redis.info('memory')}`
    } catch (error) {
      if (!isTimeout(error) || performance.now() > giveUpAt) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
