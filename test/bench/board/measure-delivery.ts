import type { Redis } from 'ioredis'
import type { Child } from '../../child-process'
import { startChild } from '../harness/start-child'
import { quantile } from '../harness/statistics'
import type { BoardWorld } from './board-world'
import { atMost, type BoardFigure, type BoardSection, below } from './figures'
import { watchProcess } from './process-use'
import { signIn } from './production-server'
import { watchRedis } from './redis-use'
import type { SocketsSeen } from './sockets-part'

const SOCKETS_OF_USER = 20
const SOCKET_PROCESSES = 2
const WARM_UP_MS = 5000

/** Hundreds of sockets: how long a write takes to them, and what that costs the server. */
export async function measureDelivery(
  world: BoardWorld,
  redis: Redis,
  options: { readonly sockets: number; readonly seconds: number },
): Promise<BoardSection> {
  const { say, server } = world
  const { sockets, seconds } = options
  say(`delivery, ${sockets} sockets come`)
  const users = Array.from(
    { length: Math.ceil(sockets / SOCKETS_OF_USER) },
    (_, at) => `viewer-${at}`,
  )
  const cookies = await signIn(world.redis, users)
  const cookieOf = (at: number) => cookies[Math.floor(at / SOCKETS_OF_USER)] ?? ''
  const all = Array.from({ length: sockets }, (_, at) => cookieOf(at))
  const children: Child[] = []
  const share = Math.ceil(sockets / SOCKET_PROCESSES)
  try {
    for (let from = 0; from < sockets; from += share)
      children.push(
        await startChild(
          { childProgram: world.childProgram, profileFolder: undefined },
          'sockets',
          {
            url: server.url,
            cookies: all.slice(from, from + share),
          },
        ),
      )
    await world.pause(WARM_UP_MS)
    const before = await world.load.counts()
    await Promise.all(children.map((it) => it.call('restart')))
    const serverUse = watchProcess(server.pid)
    const redisUse = await watchRedis(redis)
    const began = performance.now()
    await world.countDown('delivery', seconds)
    const took = (performance.now() - began) / 1000
    const seen = await Promise.all(children.map((it) => it.call<SocketsSeen>('seen')))
    const use = serverUse.stop()
    const inRedis = await redisUse.stop()
    const after = await world.load.counts()
    const worst = (pick: (it: SocketsSeen) => number) => Math.max(...seen.map(pick))
    const events = seen[0]?.events.count ?? 0
    const beats = seen[0]?.beats.count ?? 0
    const each = (seen[0]?.open ?? 1) * took
    const figures: BoardFigure[] = [
      { name: 'sockets open', value: seen.reduce((sum, it) => sum + it.open, 0), unit: '' },
      {
        name: 'sockets lost',
        value: seen.reduce((sum, it) => sum + it.lost, 0),
        unit: '',
        goal: atMost(0, ''),
      },
      { name: 'beats seen by each', value: beats / each, unit: 'a second' },
      { name: 'events seen by each', value: events / each, unit: 'a second' },
      {
        name: 'what the load failed to do',
        value: after.failed - before.failed,
        unit: '',
        goal: atMost(0, ''),
      },
      {
        name: 'event: Redis write → socket, p50',
        value: worst((it) => it.events.p50),
        unit: 'ms',
        goal: below(100, 'ms'),
      },
      {
        name: 'event: Redis write → socket, p99',
        value: worst((it) => it.events.p99),
        unit: 'ms',
        goal: below(250, 'ms'),
      },
      { name: 'beat: Redis write → socket, p50', value: worst((it) => it.beats.p50), unit: 'ms' },
      {
        name: 'beat: Redis write → socket, p99',
        value: worst((it) => it.beats.p99),
        unit: 'ms',
        goal: below(250, 'ms'),
      },
      { name: 'frames for each client', value: seen[0]?.framesPerSecond, unit: 'a second' },
      {
        name: 'bytes for each client',
        value: (seen[0]?.bytesPerSecond ?? 0) / 1024,
        unit: 'KB a second',
      },
      {
        name: 'server, processor',
        value: use?.cores,
        unit: 'cores',
        goal: below(0.5, 'of a core'),
      },
      ...memoryFigures(use?.memory),
      { name: 'Redis, processor', value: inRedis.cores, unit: 'cores' },
      { name: 'Redis, memory', value: inRedis.memoryMegabytes, unit: 'MB' },
    ]
    return {
      name: 'delivery',
      title: 'Delivery',
      note: `${world.about}; ${sockets} sockets in ${children.length} processes, ${Math.round(took)} s. Percentiles over every delivery to every socket, of the slower process.`,
      figures,
    }
  } finally {
    await Promise.all(children.map((it) => it.stop()))
  }
}

/** Flat means: the last third stands no higher than the second, but for a tenth that garbage may take. */
function memoryFigures(memory: readonly number[] | undefined): BoardFigure[] {
  if (memory === undefined || memory.length < 9) return []
  const third = Math.floor(memory.length / 3)
  const middle = quantile(memory.slice(third, 2 * third), 0.5)
  const last = quantile(memory.slice(2 * third), 0.5)
  return [
    { name: 'server, memory', value: last, unit: 'MB' },
    {
      name: 'server, memory, last third ÷ second',
      value: last / middle,
      unit: '×',
      goal: atMost(1.1, '×'),
    },
  ]
}
