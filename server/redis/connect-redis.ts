import { Redis, type RedisOptions } from 'ioredis'
import type { RedisAddress, RedisPlace } from '@/lib/config/redis-address'

/** A command that got no answer for this long counts as failed, ms. */
const COMMAND_TIMEOUT_MS = 3000
const CONNECT_TIMEOUT_MS = 3000
const LONGEST_PAUSE_MS = 2000

/** Time before the next try to reach a lost Redis, ms; `times` begins at 1. */
export function reconnectDelayMs(times: number): number {
  return Math.min(LONGEST_PAUSE_MS, 100 * 2 ** Math.min(times - 1, 10))
}

function placeOf(place: RedisPlace): RedisOptions {
  if (!('sentinels' in place)) return { host: place.host, port: place.port }
  const { hosts, name, password } = place.sentinels
  return {
    sentinels: hosts.map(({ host, port }) => ({ host, port })),
    name,
    ...(password === undefined ? {} : { sentinelPassword: password }),
    sentinelRetryStrategy: reconnectDelayMs,
  }
}

/**
 * A connection of the control room, which does not connect by itself. While Redis is gone its
 * commands fail at once, and nothing is sent twice: what was under way when the link broke may
 * have been done.
 */
export function createRedisConnection(address: RedisAddress, more: RedisOptions = {}): Redis {
  return new Redis({
    ...placeOf(address),
    db: address.database,
    ...(address.username === undefined ? {} : { username: address.username }),
    ...(address.password === undefined ? {} : { password: address.password }),
    ...(address.tls ? { tls: {} } : {}),
    connectionName: 'signalbox-control-room',
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: reconnectDelayMs,
    ...more,
  })
}
