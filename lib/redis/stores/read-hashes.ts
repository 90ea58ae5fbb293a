import type { RedisLike } from '../redis-like'

/** Hashes read in one round trip. */
const BATCH = 200

export interface RedisHash {
  readonly id: string
  readonly hash: Record<string, string>
}

/**
 * The hashes of many ids, in their order, a few hundred in a round trip. Those that are gone by now are
 * left out; a key of another type is a problem, not an exception.
 */
export async function readHashes(
  redis: RedisLike,
  ids: readonly string[],
  keyOf: (id: string) => string,
  onProblem: (id: string, problem: string) => void,
): Promise<RedisHash[]> {
  const found: RedisHash[] = []
  for (let from = 0; from < ids.length; from += BATCH) {
    const batch = ids.slice(from, from + BATCH)
    const pipeline = redis.pipeline()
    for (const id of batch) pipeline.hgetall(keyOf(id))
    const answers = (await pipeline.exec()) ?? []
    for (const [index, id] of batch.entries()) {
      const [error, hash] = answers[index] ?? [new Error('no answer'), undefined]
      if (error && !error.message.startsWith('WRONGTYPE')) throw error
      if (error) onProblem(id, error.message)
      else if (isHash(hash)) found.push({ id, hash })
    }
  }
  return found
}

function isHash(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}
