import type { Redis, RedisOptions } from 'ioredis'
import { it } from 'vitest'
import { isCluster, type RedisLike } from '@/lib/redis/redis-like'
import { startTestRedis, type TestRedis, type TestRedisOptions } from '../redis'
import { until } from '../until'
import { startCluster } from './cluster'
import type { Address } from './connect-to'
import { startSentinelLab } from './sentinel'

/**
 * What the core's tests run on. The same files run on all three: the vitest projects `core-cluster` and
 * `core-sentinel` set the variable, everything else leaves it alone.
 */
export type Place = 'alone' | 'cluster' | 'sentinel'

const asked = process.env.SIGNALBOX_TEST_PLACE
export const PLACE: Place = asked === 'cluster' || asked === 'sentinel' ? asked : 'alone'

/** On a Cluster a namespace has a name, whose hash tag makes it one slot. */
export const NAMESPACE = PLACE === 'cluster' ? 'swarm-a' : ''

/** About one server by its address: its databases, its users, its memory. */
export const itAlone = it.skipIf(PLACE !== 'alone')

/**
 * Stops, kills or hangs all of Redis and goes on when it is back. Behind Sentinel that cannot be: another
 * takes over, which has tests of its own.
 */
export const itRestarts = it.skipIf(PLACE === 'sentinel')

/** What the tests of the core need of a Redis, wherever they run. */
export interface CoreRedis {
  /** What has data: one server, the primary, or all nodes. */
  readonly servers: readonly TestRedis[]
  /** Where it is one server with an address that stays its own. */
  readonly port?: number
  /** Where another process connects to, for `connectTo`. */
  readonly address: string
  /** A connection of its own, closed by `stop`. */
  client(options?: RedisOptions): RedisLike
  /** Asks every server. */
  each<T>(ask: (redis: Redis) => Promise<T>): Promise<T[]>
  /** All that match, of all servers. */
  keys(pattern: string): Promise<string[]>
  /** How many connections listen to a channel. */
  listeners(channel: string): Promise<number>
  /** Deletes all data. */
  flush(): Promise<void>
  shutdown(): Promise<void>
  kill9(): Promise<void>
  restart(): Promise<void>
  pause(): void
  resume(): void
  stop(): Promise<void>
}

export async function startCoreRedis(
  options: TestRedisOptions = {},
  place: Place = PLACE,
): Promise<CoreRedis> {
  if (place === 'cluster') return onCluster(options)
  if (place === 'sentinel') return behindSentinel(options)
  const server = await startTestRedis(options)
  return {
    ...onEach([server]),
    port: server.port,
    address: JSON.stringify({ port: server.port } satisfies Address),
    client: server.client,
    restart: server.restart,
    stop: server.stop,
  }
}

/** The connections below a client. */
export const linksOf = (redis: RedisLike): Redis[] =>
  isCluster(redis) ? redis.nodes('all') : [redis]

async function onCluster({ appendOnly, appendFsync }: TestRedisOptions): Promise<CoreRedis> {
  const lab = await startCluster({
    ...(appendOnly === undefined ? {} : { appendOnly }),
    ...(appendFsync === undefined ? {} : { appendFsync }),
  })
  const nodes = onEach(lab.nodes)
  return {
    ...nodes,
    address: JSON.stringify({ ports: lab.nodes.map(({ port }) => port) } satisfies Address),
    client: (redisOptions = {}) => lab.client({ redisOptions }),
    flush: async () => {
      await nodes.flush()
      await untilAllIsTold(lab.nodes)
    },
    restart: lab.restart,
    stop: lab.stop,
  }
}

/** Nodes hand on to each other what is published, in order, but later: no test is to hear of the one before. */
async function untilAllIsTold(nodes: readonly TestRedis[]): Promise<void> {
  const links = nodes.map((node) => node.client())
  let heard = 0
  for (const link of links) {
    link.on('message', () => {
      heard += 1
    })
  }
  await Promise.all(links.map((link) => link.subscribe('all-told')))
  const speakers = nodes.map((node) => node.client())
  await Promise.all(speakers.map((speaker) => speaker.publish('all-told', '')))
  await until(() => heard === nodes.length ** 2, 1)
  for (const link of [...links, ...speakers]) link.disconnect()
}

async function behindSentinel({ appendOnly }: TestRedisOptions): Promise<CoreRedis> {
  // Nobody fails here: on a busy machine sentinels must not take a slow primary for a dead one.
  const lab = await startSentinelLab({ downAfterMs: 30_000, ...(appendOnly ? { appendOnly } : {}) })
  const refuse = () => {
    throw new Error('Behind Sentinel another takes over: mark this test with itRestarts.')
  }
  return {
    ...onEach([await lab.primary()]),
    address: JSON.stringify({ sentinels: lab.sentinels, name: lab.name } satisfies Address),
    client: lab.client,
    stop: lab.stop,
    shutdown: refuse,
    kill9: refuse,
    restart: refuse,
    pause: refuse,
    resume: refuse,
  }
}

function onEach(servers: readonly TestRedis[]) {
  const links = new Map<TestRedis, Redis>()
  const link = (server: TestRedis) => {
    const known = links.get(server) ?? server.client()
    links.set(server, known)
    return known
  }
  const each = <T>(ask: (redis: Redis) => Promise<T>) =>
    Promise.all(servers.map((it) => ask(link(it))))
  const all = async (act: (server: TestRedis) => Promise<void>) => {
    await Promise.all(servers.map(act))
  }
  return {
    servers,
    each,
    keys: async (pattern: string) => (await each((it) => it.keys(pattern))).flat(),
    listeners: async (channel: string) => {
      const answers = await each((it) => it.pubsub('NUMSUB', channel))
      return answers.reduce<number>((sum, [, count]) => sum + Number(count), 0)
    },
    flush: () => all((it) => it.flush()),
    shutdown: () => all((it) => it.shutdown()),
    kill9: () => all((it) => it.kill9()),
    pause: () => {
      for (const it of servers) it.pause()
    },
    resume: () => {
      for (const it of servers) it.resume()
    },
  }
}
