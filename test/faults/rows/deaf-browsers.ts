import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import { PROTOCOL_VERSION } from '@/lib/protocol/frames'
import { namespaceKeys } from '@/lib/redis/keys'
import { createScriptRunner } from '@/lib/redis/run-script'
import { quantile } from '../../bench/harness/statistics'
import { startTestRedis, type TestRedis } from '../../redis'
import { openBoard } from '../harness/board-page'
import { type ControlRoom, signIn, startControlRoom } from '../harness/control-room'
import { type Fault, finding } from '../harness/fault'
import { idsOf } from '../harness/ids'
import { inLanes } from '../harness/lanes'
import { startSwarm } from '../harness/swarm'

const DEAF = 50
const MEMORY_MB = 100

export const deafBrowsers: Fault = {
  name: 'deaf-browsers',
  title: 'fifty browsers that stop reading; half of them ask for the whole board again and again',
  takes: 'one minute',
  run: async (context) => {
    const coordinators = context.quick ? 500 : 3000
    const forMs = context.quick ? 15_000 : 45_000
    const redis = await startTestRedis()
    context.endLater(() => redis.stop())
    await fill(redis, coordinators)
    const room = await startControlRoom(context, redis)
    await startSwarm(context, 1, {
      place: { host: redis.host, port: redis.port },
      ids: idsOf('busy', 10),
      thresholdMs: 60_000,
      pauseMs: 100,
    })
    const cookies = await Promise.all(
      idsOf('deaf', 3).map(async (it) => (await signIn(redis, it, 'viewer')).cookie),
    )
    const { cookie } = await signIn(redis, 'reader', 'viewer')
    const readers = await Promise.all(Array.from({ length: 5 }, () => openBoard(room.url, cookie)))
    context.endLater(() => readers.forEach((it) => void it.close()))
    await sleep(5000)

    const memoryBefore = memoryMb(room)
    for (const it of readers) it.delays.length = 0
    context.say(
      `${DEAF} of them, the board of ${coordinators} is ${Math.round(await boardSize(redis))} kB or so`,
    )
    const deaf = await Promise.all(
      Array.from({ length: DEAF }, (_, n) =>
        openDeaf(room.url, cookies[n % cookies.length] ?? '', n % 2 === 0),
      ),
    )
    const opened = deaf.filter((it) => it.opened).length
    let most = 0
    const until = performance.now() + forMs
    while (performance.now() < until) {
      most = Math.max(most, memoryMb(room))
      await sleep(100)
    }
    const cut = room.log.filter((it) => /does not read|again and again/.test(it)).length
    const delays = readers.flatMap((it) => it.delays)
    const p99 = Math.round(quantile(delays, 0.99))
    // A socket that reads nothing does not see its end either: it looks once more.
    for (const it of deaf) it.listen()
    await sleep(2000)
    const left = deaf.filter((it) => it.socket.readyState === WebSocket.OPEN).length
    for (const it of deaf) it.socket.terminate()
    const grown = Math.round(most - memoryBefore)
    return {
      done: `${opened} sockets of a board of ${coordinators} coordinators stop reading once they are let in, half of them ask for the board again twice a second; five others read`,
      findings: [
        finding(
          'all are dropped',
          `${DEAF - left} of ${DEAF} (${cut} at a cap, the others for not answering)`,
          left === 0 && opened === DEAF,
        ),
        finding(
          `the server's memory grows by less than ${MEMORY_MB} MB`,
          `${grown} MB at most, from ${Math.round(memoryBefore)}`,
          grown < MEMORY_MB,
        ),
        finding(
          'the others’ events come with p99 under 1 s',
          `${p99} ms of ${delays.length}`,
          p99 < 1000 && delays.length > 0,
        ),
        finding('the server lives', room.running() ? 'yes' : 'no', room.running()),
      ],
      facts: { memoryBefore, most, cut, left, p99, p50: quantile(delays, 0.5) },
    }
  },
}

/** Coordinators as a large swarm would leave them, registered by hand. */
async function fill(redis: TestRedis, count: number): Promise<void> {
  const keys = namespaceKeys()
  const { run } = createScriptRunner(redis.client(), keys, 'system')
  await inLanes(50, idsOf('many-coordinators-of-one-swarm', count), async (id) => {
    await run(
      'registerCoordinator',
      [keys.coordinator(id), keys.events, keys.beats, keys.deadlines, keys.settings],
      [
        id,
        `instance-${id}`.slice(-40),
        '',
        '0',
        'swarm',
        'loop-3-implementation',
        '1',
        '3600000',
        '',
        '4242',
        'a-host.example',
        '',
        '',
        '',
      ],
    )
  })
}

async function boardSize(redis: TestRedis): Promise<number> {
  return (await redis.client().scard(namespaceKeys().coordinators)) * 0.6
}

/** What the kernel says of the server's process. */
function memoryMb({ pid }: ControlRoom): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
}

/** A socket that speaks the protocol by hand, and stops reading once it is let in. */
async function openDeaf(url: string, cookie: string, asks: boolean) {
  const socket = new WebSocket(
    `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
    {
      headers: { cookie, origin: url },
    },
  )
  socket.on('error', () => {})
  const hello = `42${JSON.stringify(['hello', { protocolVersion: PROTOCOL_VERSION }])}`
  const opened = await new Promise<boolean>((resolve) => {
    socket.once('close', () => resolve(false))
    socket.on('message', (data) => {
      const text = String(data)
      if (text.startsWith('0')) socket.send('40')
      else if (text.startsWith('40')) {
        socket.send(hello)
        socket.pause()
        resolve(true)
      }
    })
  })
  const again = setInterval(() => {
    if (asks && socket.readyState === WebSocket.OPEN) socket.send(hello)
  }, 500)
  again.unref()
  return {
    socket,
    opened,
    listen: () => {
      clearInterval(again)
      socket.resume()
    },
  }
}
