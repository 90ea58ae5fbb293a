import { Cluster, type ClusterOptions, type Redis } from 'ioredis'
import { freePort } from '../../server/embedded/free-port.mjs'
import { startTestRedis, type TestRedis } from '../redis'
import { until } from '../until'

const SLOTS = 16_384

export interface ClusterLab {
  readonly nodes: readonly TestRedis[]
  client(options?: ClusterOptions): Cluster
  /** Starts all nodes again, and resolves when they agree that all is well. */
  restart(): Promise<void>
  /** Idempotent. */
  stop(): Promise<void>
}

/** A Redis Cluster of primaries only, on loopback, put together without redis-cli. */
export async function startCluster({
  primaries = 3,
  appendOnly = false,
  appendFsync = 'everysec',
}: {
  primaries?: number
  appendOnly?: boolean
  appendFsync?: 'everysec' | 'always'
} = {}): Promise<ClusterLab> {
  const nodes = await Promise.all(
    Array.from({ length: primaries }, async () => {
      // Named, so that "port + 10000" need not be free, nor below 65536.
      const busPort = await freePort()
      const node = await startTestRedis({
        appendOnly,
        appendFsync,
        settings: [
          ['cluster-enabled', 'yes'],
          ['cluster-config-file', 'nodes.conf'],
          ['cluster-node-timeout', '2000'],
          ['cluster-port', String(busPort)],
        ],
      })
      return { node, busPort }
    }),
  )
  const redises = nodes.map(({ node }) => node)
  const clients = new Set<Cluster>()
  const stop = async () => {
    for (const client of clients) client.disconnect()
    await Promise.all(redises.map((node) => node.stop()))
  }

  const links: Redis[] = []
  const untilWell = async () => {
    for (const link of links) {
      await until(async () => {
        const info = String(await link.call('CLUSTER', 'INFO').catch(() => ''))
        return (
          info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${primaries}`)
        )
      })
    }
  }

  try {
    links.push(...redises.map((node) => node.client()))
    await Promise.all(
      links.map(async (link, index) => {
        const first = Math.floor((SLOTS * index) / primaries)
        const last = Math.floor((SLOTS * (index + 1)) / primaries) - 1
        await link.call('CLUSTER', 'ADDSLOTSRANGE', first, last)
        // Equal epochs would have to be sorted out by the nodes, which takes seconds.
        await link.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1)
      }),
    )
    const [meeting] = links
    for (const { node, busPort } of nodes.slice(1)) {
      await meeting?.call('CLUSTER', 'MEET', node.host, node.port, busPort)
    }
    await untilWell()
  } catch (error) {
    await stop()
    throw error
  }

  return {
    nodes: redises,
    client(options = {}) {
      const client = new Cluster(
        redises.map(({ host, port }) => ({ host, port })),
        options,
      )
      client.on('error', () => {})
      clients.add(client)
      client.once('end', () => clients.delete(client))
      return client
    },
    async restart() {
      await Promise.all(redises.map((node) => node.restart()))
      await untilWell()
    },
    stop,
  }
}
