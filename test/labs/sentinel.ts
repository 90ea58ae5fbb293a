import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Redis, type RedisOptions } from 'ioredis'
import { freePort } from '../../server/embedded/free-port.mjs'
import { startTestRedis, type TestRedis } from '../redis'
import { until } from '../until'
import { type RunningSentinel, runSentinel } from './run-sentinel'

export interface SentinelLab {
  readonly name: string
  readonly sentinels: readonly { host: string; port: number }[]
  /** All servers, whatever their part is now. */
  readonly servers: readonly TestRedis[]
  /** Whom the sentinels name now. */
  primary(): Promise<TestRedis>
  /** A connection that follows the primary. */
  client(options?: RedisOptions): Redis
  /** Resolves when the sentinels name another primary, and that one takes writes. */
  untilFailedOver(from: TestRedis): Promise<TestRedis>
  /** Resolves when the primary has all its replicas connected. */
  untilReplicated(): Promise<void>
  /** Idempotent. */
  stop(): Promise<void>
}

export interface SentinelLabOptions {
  replicas?: number
  sentinels?: number
  /**
   * How long a primary is silent before a sentinel holds it for down. A sentinel asks once a second: with
   * less than that it holds a new primary for down before it has asked it, and fails over again and again.
   */
  downAfterMs?: number
  appendOnly?: boolean
}

/** By default a primary waits 5 s for more replicas before it sends its data to the first. */
const serverSettings: [string, string][] = [['repl-diskless-sync-delay', '0']]

/** Connected is not enough: WAIT counts only those that have the data. */
const replicasOnline = (info: string) => info.match(/^slave\d+:.*state=online/gm)?.length ?? 0

/** One primary, replicas, and sentinels that fail over between them, on loopback. */
export async function startSentinelLab(options: SentinelLabOptions = {}): Promise<SentinelLab> {
  const { replicas = 1, sentinels: count = 3, downAfterMs = 1500, appendOnly = false } = options
  const name = 'signalbox'
  const folder = mkdtempSync(path.join(tmpdir(), 'signalbox-sentinel-'))
  const servers: TestRedis[] = []
  const sentinels: RunningSentinel[] = []
  const clients = new Set<Redis>()

  const stop = async () => {
    for (const client of clients) client.disconnect()
    // First the sentinels: they would call every stopped server a failure.
    await Promise.all(sentinels.map((sentinel) => sentinel.stop()))
    await Promise.all(servers.map((server) => server.stop()))
    rmSync(folder, { recursive: true, force: true })
  }

  const connect = (redisOptions: RedisOptions) => {
    const client = new Redis(redisOptions)
    client.on('error', () => {})
    clients.add(client)
    client.once('end', () => clients.delete(client))
    return client
  }
  const ask = async (port: number): Promise<[string, string] | null> => {
    const link = connect({ host: '127.0.0.1', port, maxRetriesPerRequest: 1 })
    try {
      const answer = await link.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name)
      return answer as [string, string] | null
    } finally {
      link.disconnect()
    }
  }
  const primary = async () => {
    const port = Number((await ask(sentinels[0]?.port ?? 0))?.[1])
    const server = servers.find((candidate) => candidate.port === port)
    if (!server) throw new Error(`The sentinels name port ${port}, which is none of ours.`)
    return server
  }
  const replication = async (server: TestRedis) => {
    const link = connect({ host: server.host, port: server.port, maxRetriesPerRequest: 1 })
    try {
      return await link.info('replication')
    } finally {
      link.disconnect()
    }
  }

  try {
    const first = await startTestRedis({ appendOnly, settings: serverSettings })
    servers.push(first)
    for (let index = 0; index < replicas; index++) {
      const replicaOf: [string, string] = ['replicaof', `${first.host} ${first.port}`]
      servers.push(await startTestRedis({ appendOnly, settings: [...serverSettings, replicaOf] }))
    }
    await until(async () => replicasOnline(await replication(first)) === replicas)
    for (let index = 0; index < count; index++) {
      const port = await freePort()
      const file = path.join(folder, `sentinel-${index}.conf`)
      const quorum = Math.floor(count / 2) + 1
      // Sentinels write what they learn into their own file.
      writeFileSync(
        file,
        [
          `port ${port}`,
          'bind 127.0.0.1',
          `dir ${folder}`,
          `sentinel monitor ${name} ${first.host} ${first.port} ${quorum}`,
          `sentinel down-after-milliseconds ${name} ${downAfterMs}`,
          `sentinel failover-timeout ${name} 3000`,
          '',
        ].join('\n'),
      )
      sentinels.push(await runSentinel(file, port))
    }
    for (const { port } of sentinels) {
      const link = connect({ host: '127.0.0.1', port })
      await until(async () => {
        const others = (await link.call('SENTINEL', 'SENTINELS', name)) as unknown[]
        const known = (await link.call('SENTINEL', 'REPLICAS', name)) as unknown[]
        return others.length === count - 1 && known.length === replicas
      })
      link.disconnect()
    }
  } catch (error) {
    await stop()
    throw error
  }

  return {
    name,
    sentinels: sentinels.map(({ port }) => ({ host: '127.0.0.1', port })),
    servers,
    primary,
    client: (redisOptions = {}) =>
      connect({
        name,
        sentinels: sentinels.map(({ port }) => ({ host: '127.0.0.1', port })),
        ...redisOptions,
      }),
    async untilFailedOver(from) {
      let now = from
      await until(async () => {
        now = await primary()
        return now !== from && (await replication(now)).includes('role:master')
      }, 50)
      return now
    },
    async untilReplicated() {
      await until(async () => replicasOnline(await replication(await primary())) === replicas)
    },
    stop,
  }
}
