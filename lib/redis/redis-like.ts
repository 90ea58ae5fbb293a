import { Cluster, type Redis } from 'ioredis'

/** What the core runs on: one Redis (alone or behind Sentinel), or a Cluster. */
export type RedisLike = Redis | Cluster

/** By shape, since a user's ioredis may be another copy of it than ours. */
export function isCluster(redis: RedisLike): redis is Cluster {
  return redis instanceof Cluster || ('nodes' in redis && typeof redis.nodes === 'function')
}
