import type { Redis } from 'ioredis'

/** A way to find out who fell silent. */
export interface ScannedHearts {
  /** One falls silent. */
  die(): Promise<void>
  /** Answers how many were found, and takes them off. */
  check(): Promise<number>
}

const THRESHOLD_MS = 300_000
const AT_ONCE = 1000

/** A key per coordinator with its last beat; a check walks through all keys. */
export async function scanForDead(redis: Redis, count: number): Promise<ScannedHearts> {
  // They beat in an hour: nobody else falls silent while this runs.
  const beat = String(Date.now() + 3_600_000)
  for (let from = 0; from < count; from += AT_ONCE) {
    const pairs = Array.from({ length: AT_ONCE }, (_, at) => [`heart:${from + at}`, beat])
    await redis.mset(...pairs.flat())
  }
  return {
    die: async () => {
      await redis.set('heart:victim', Date.now() - THRESHOLD_MS - 1)
    },
    check: async () => {
      let found = 0
      let cursor = '0'
      do {
        const [next, keys] = await redis.scan(cursor, 'MATCH', 'heart:*', 'COUNT', 100)
        cursor = next
        for (const key of keys) {
          const last = Number(await redis.get(key))
          if (Date.now() - last > THRESHOLD_MS) {
            found += 1
            await redis.del(key)
          }
        }
      } while (cursor !== '0')
      return found
    },
  }
}

/** All last beats in one sorted set; a check asks for the oldest. */
export async function sortedHearts(redis: Redis, count: number): Promise<ScannedHearts> {
  const beat = Date.now() + 3_600_000
  for (let from = 0; from < count; from += AT_ONCE) {
    const pairs = Array.from({ length: AT_ONCE }, (_, at) => [beat, `${from + at}`])
    await redis.zadd('hearts', ...pairs.flat())
  }
  return {
    die: async () => {
      await redis.zadd('hearts', Date.now() - THRESHOLD_MS - 1, 'victim')
    },
    check: async () => {
      const dead = await redis.zrangebyscore(
        'hearts',
        '-inf',
        Date.now() - THRESHOLD_MS,
        'LIMIT',
        0,
        100,
      )
      if (dead.length > 0) await redis.zrem('hearts', ...dead)
      return dead.length
    },
  }
}
