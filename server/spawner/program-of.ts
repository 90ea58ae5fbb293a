import type { RedisAddress, ServerConfig } from '@/lib/config/server-config'
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
      REDIS_URL: urlOf(redis),
      REDIS_HOST: redis.host,
      REDIS_PORT: String(redis.port),
      ...(redis.password === undefined ? {} : { REDIS_PASSWORD: redis.password }),
      ...(namespace === undefined ? {} : { SIGNALBOX_NAMESPACE: namespace }),
      BLOCKING_COORDINATION_SECRET: secret,
      ...(secondSecret === undefined ? {} : { BLOCKING_COORDINATION_SECOND_SECRET: secondSecret }),
      ...(replicas === 0 ? {} : { BLOCKING_COORDINATION_REPLICAS: String(replicas) }),
    },
  }
}

function urlOf({ tls, username, password, host, port, database }: RedisAddress): string {
  const url = new URL(
    `${tls ? 'rediss' : 'redis'}://${host.includes(':') ? `[${host}]` : host}:${port}/${database}`,
  )
  url.username = encodeURIComponent(username ?? '')
  url.password = encodeURIComponent(password ?? '')
  return url.href
}
