import type { RedisLike } from '../redis/redis-like'
import { databaseOf, redisIdentity } from '../redis/subscriber-connection'
import type { CoordinatorLife } from './coordinator-life'

/** A coordinator whose manager is in this process. */
export interface LocalCoordinator {
  readonly life: CoordinatorLife
  /** It is about to send. Answers how to say what was sent. */
  sending(): (signalId: string) => void
}

const LIVES = Symbol.for('signalbox.local-lives')
// Shared by all copies of this module in a process: bundled, imported and required ones.
const shared = globalThis as { [LIVES]?: Map<string, LocalCoordinator> }

function keyOf(redis: RedisLike, prefix: string, coordinatorId: string): string {
  return `${redisIdentity(redis)} ${databaseOf(redis)} ${prefix}${coordinatorId}`
}

/** Makes a coordinator known to what else is done in its name in this process. Answers how to take it back. */
export function enterLocalCoordinator(
  redis: RedisLike,
  prefix: string,
  coordinator: LocalCoordinator,
): () => void {
  shared[LIVES] ??= new Map()
  const lives = shared[LIVES]
  const key = keyOf(redis, prefix, coordinator.life.coordinatorId)
  lives.set(key, coordinator)
  return () => {
    if (lives.get(key) === coordinator) lives.delete(key)
  }
}

/** A coordinator of this process, if its manager is here. */
export function localCoordinatorOf(
  redis: RedisLike,
  prefix: string,
  coordinatorId: string,
): LocalCoordinator | undefined {
  const lives = shared[LIVES]
  // Most processes that only send have none.
  return lives?.size ? lives.get(keyOf(redis, prefix, coordinatorId)) : undefined
}

/** The life of a coordinator whose manager is in this process. */
export function localLifeOf(
  redis: RedisLike,
  prefix: string,
  coordinatorId: string,
): CoordinatorLife | undefined {
  return localCoordinatorOf(redis, prefix, coordinatorId)?.life
}
