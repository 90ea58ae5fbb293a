import type { RedisOptions } from 'ioredis'

/** Where Redis is, as the launcher tells it: REDIS_URL, or REDIS_HOST and REDIS_PORT. */
export function redisFromEnvironment(
  env: NodeJS.ProcessEnv,
): RedisOptions & { host: string; port: number } {
  const url = env.REDIS_URL ? new URL(env.REDIS_URL) : undefined
  const password =
    (url?.password ? decodeURIComponent(url.password) : undefined) ?? env.REDIS_PASSWORD
  return {
    host: url?.hostname || env.REDIS_HOST || '127.0.0.1',
    port: Number(url?.port || env.REDIS_PORT || 6379),
    db: Number(url?.pathname.slice(1) || 0),
    ...(url?.username ? { username: decodeURIComponent(url.username) } : {}),
    ...(password ? { password } : {}),
    ...(url?.protocol === 'rediss:' ? { tls: {} } : {}),
    // What was not answered may have been done: the library sends it again where that is safe.
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times) => Math.min(100 * 2 ** Math.min(times, 10), 2000),
  }
}
