import { Redis, type RedisOptions } from 'ioredis'
import { isCluster, type RedisLike } from './redis-like'

const clusters = new WeakMap<RedisLike, string>()
let clustersSeen = 0

/**
 * One text per Redis that channels are shared by: databases and users of it are the same to pub/sub.
 * A Cluster's nodes come and go, so that only the client itself says which Cluster it is.
 */
export function redisIdentity(redis: RedisLike): string {
  if (isCluster(redis)) {
    const known = clusters.get(redis)
    if (known) return known
    clustersSeen += 1
    clusters.set(redis, `cluster ${clustersSeen}`)
    return `cluster ${clustersSeen}`
  }
  const { options } = redis
  if (options.sentinels?.length) {
    const sentinels = options.sentinels.map((it) => `${it.host ?? ''}:${it.port ?? ''}`)
    return `sentinel ${options.name ?? ''} ${sentinels.sort().join(' ')}`
  }
  return place(options)
}

function place({ host = 'localhost', port = 6379, path }: RedisOptions): string {
  if (path) return path
  const loopback = host === 'localhost' || host === '::1' ? '127.0.0.1' : host
  return `${loopback}:${port}`
}

/** The number of the database that a client's keys are in; a Cluster has one only. */
export function databaseOf(redis: RedisLike): number {
  return isCluster(redis) ? 0 : (redis.options.db ?? 0)
}

/**
 * A new connection to where `redis` is, for subscribing. It doesn't retry, resubscribe or queue:
 * whoever holds it opens another when it ends. Of a Cluster it is one node, any of them: a message
 * reaches all. Answers undefined where a Cluster has not told its nodes yet.
 */
export function openSubscriberConnection(redis: RedisLike): Redis | undefined {
  const options = isCluster(redis) ? anyNode(redis.nodes('all')) : redis.options
  if (!options) return undefined
  const connection = new Redis({
    ...options,
    lazyConnect: true,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    enableReadyCheck: true,
    readOnly: false,
    maxRetriesPerRequest: null,
    connectTimeout: 5000,
    retryStrategy: () => null,
    reconnectOnError: null,
    connectionName: 'signalbox-hints',
  })
  // Its end is what counts, and that is told by 'end'; an error without a listener would throw.
  connection.on('error', () => {})
  return connection
}

function anyNode(nodes: Redis[]): RedisOptions | undefined {
  return nodes[Math.floor((Date.now() / 7) % Math.max(nodes.length, 1))]?.options
}
