import { SERVER_PREFIX } from '../redis/keys'
import type { RedisLike } from '../redis/redis-like'
import { evaluate, type RunScript } from '../redis/run-script'

/** Runs scripts on the control room's own keys, which belong to no namespace. */
export function createServerScripts(redis: RedisLike): RunScript {
  return (name, keys, args) => evaluate(redis, name, keys, [SERVER_PREFIX, 'system', ...args])
}
