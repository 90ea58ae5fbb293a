import type { RedisLike } from '../redis/redis-like'
import { databaseOf, redisIdentity } from '../redis/subscriber-connection'
import type { CoordinatorLife } from './coordinator-life'

const LIVES = Symbol.for('signalbox.local-lives')
// Shared by all copies of this module in a process: bundled, imported and required ones.
const shared = globalThis as { [LIVES]?: Map<string, CoordinatorLife> }

function keyOf(redis: RedisLike, prefix: string, coordinatorId: string): string {
  return `${redisIdentity(redis)} ${databaseOf(redis)} ${prefix}${coordinatorId}`
}

/** Makes a life known to what else is done in its name in this process. Answers how to take it back. */
export function enterLocalLife(
  redis: RedisLike,
  prefix: string,
  life: CoordinatorLife,
): () => void {
  shared[LIVES] ??= new Map()
  const lives = shared[LIVES]
  const key = keyOf(redis, prefix, life.coordinatorId)
  lives.set(key, life)
  return () => {
    if (lives.get(key) === life) lives.delete(key)
  }
}

/** The life of a coordinator in this process, if its manager is here. */
export function localLifeOf(
  redis: RedisLike,
  prefix: string,
  coordinatorId: string,
): CoordinatorLife | undefined {
  const lives = shared[LIVES]
  // Most processes that only send have none.
  return lives?.size ? lives.get(keyOf(redis, prefix, coordinatorId)) : undefined
}
