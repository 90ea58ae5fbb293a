import { placeText, type RedisAddress } from '@/lib/config/redis-address'
import type { ServerConfig } from '@/lib/config/server-config'
import { ordinaryEnvironment, type Program } from './start-program'

/** What a replacement in this swarm runs: a coordinator, which needs Redis and the secrets, and no more. */
export function programOf(config: ServerConfig, swarmId: string): Program | undefined {
  const { spawnPrograms, redis, namespace, secret, secondSecret, replicas } = config
  const own = Object.hasOwn(spawnPrograms, swarmId) ? spawnPrograms[swarmId] : undefined
  const program = own ?? spawnPrograms['*']
  if (!program) return undefined
  return {
    command: program.command,
    cwd: program.cwd,
    env: {
      ...ordinaryEnvironment(),
      ...redisVariables(redis),
      ...(namespace === undefined ? {} : { SIGNALBOX_NAMESPACE: namespace }),
      BLOCKING_COORDINATION_SECRET: secret,
      ...(secondSecret === undefined ? {} : { BLOCKING_COORDINATION_SECOND_SECRET: secondSecret }),
      ...(replicas === 0 ? {} : { BLOCKING_COORDINATION_REPLICAS: String(replicas) }),
    },
  }
}

/** Where Redis is, by the names that the control room reads itself. */
function redisVariables(redis: RedisAddress): Record<string, string> {
  const { tls, username = '', password, database } = redis
  const login: Record<string, string> = password === undefined ? {} : { REDIS_PASSWORD: password }
  if ('sentinels' in redis) {
    const { hosts, name, password: sentinelPassword } = redis.sentinels
    return {
      REDIS_SENTINELS: hosts.map(placeText).join(','),
      REDIS_SENTINEL_NAME: name,
      ...(sentinelPassword === undefined ? {} : { REDIS_SENTINEL_PASSWORD: sentinelPassword }),
      ...(username === '' ? {} : { REDIS_USERNAME: username }),
      ...login,
    }
  }
  const url = new URL(`${tls ? 'rediss' : 'redis'}://${placeText(redis)}/${database}`)
  url.username = encodeURIComponent(username)
  url.password = encodeURIComponent(password ?? '')
  return { REDIS_URL: url.href, REDIS_HOST: redis.host, REDIS_PORT: String(redis.port), ...login }
}
