import { readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { quantile } from '../../bench/harness/statistics'
import { startTestRedis } from '../../redis'
import { openBoard } from '../harness/board-page'
import { signIn, startControlRoom } from '../harness/control-room'
import { type Fault, type Finding, finding, none } from '../harness/fault'
import { idsOf } from '../harness/ids'
import { startChild } from '../harness/start-child'
import { startSwarm } from '../harness/swarm'
import type { MonitorOptions } from '../parts/monitor'

const MOST_CHANGE = 0.05

/** Has the server collect its garbage when it is told to: what is left is what it holds. */
const collector = path.resolve(import.meta.dirname, '../harness/collect-on-signal.cjs')

interface Sample {
  readonly at: number
  readonly [what: string]: number
}

export const soak: Fault = {
  name: 'soak',
  title: 'a thousand coordinators at work for half an hour',
  takes: '--minutes, 30 by default',
  run: async (context) => {
    const count = context.quick ? 100 : 1000
    const redis = await startTestRedis({ appendOnly: true })
    context.endLater(() => redis.stop())
    const admin = redis.client()
    const place = { host: redis.host, port: redis.port }
    await startChild(context, 'monitor', {
      place,
      intervalMs: 1000,
      autoEscalate: true,
    } satisfies MonitorOptions)
    const room = await startControlRoom(context, redis, {}, ['--expose-gc', '--require', collector])
    const { cookie } = await signIn(redis, 'soak', 'admin')
    const pages = await Promise.all(Array.from({ length: 5 }, () => openBoard(room.url, cookie)))
    context.endLater(() => pages.forEach((it) => void it.close()))
    const swarm = await startSwarm(
      context,
      4,
      {
        place,
        ids: idsOf('soak', count),
        thresholdMs: 30_000,
        pauseMs: 10_000,
        // What settles goes within a minute, so that a steady state comes about.
        keepMs: 60_000,
        waitMs: 30_000,
      },
      { execArgv: ['--expose-gc'] },
    )

    const samples: Sample[] = []
    const startedAt = Date.now()
    const end = startedAt + context.minutes * 60_000
    while (Date.now() < end) {
      await sleep(Math.min(5000, Math.max(100, end - Date.now())))
      process.kill(room.pid, 'SIGUSR2')
      const memories = await Promise.all(
        swarm.processes.map((it) => it.call<{ heapUsed: number; handles: number }>('memory')),
      )
      samples.push({
        at: Date.now() - startedAt,
        'heap of coordinators (MB)': sum(memories.map((it) => it.heapUsed)) / 2 ** 20,
        'handles of coordinators': sum(memories.map((it) => it.handles)),
        'sockets of the server': readdirSync(`/proc/${room.pid}/fd`).length,
        'connections of Redis': Number(
          /connected_clients:(\d+)/.exec(await admin.info('clients'))?.[1],
        ),
        keys: await admin.dbsize(),
        'heap of the server (MB)': await serverHeap(room.url, cookie),
      })
      const left = Math.round((end - Date.now()) / 60_000)
      if (samples.length % 12 === 0) context.say(`${left} minutes left`)
    }
    const findings: Finding[] = changesOf(samples)
    const deaths = (await admin.hgetall('blocking:monitor')).graceCause
    return {
      done: `${count} coordinators in four processes that send, acknowledge, hold work and wait; a monitor, a server and five boards; ${context.minutes} minutes`,
      findings: [...findings, none('no outage was seen', deaths ? [deaths] : [])],
      facts: { samples },
    }
  },
}

/** The median of the last quarter, beside that of the first one after the warm-up, a quarter as well. */
function changesOf(samples: readonly Sample[]): Finding[] {
  const quarter = Math.max(1, Math.floor(samples.length / 4))
  const early = samples.slice(quarter, 2 * quarter)
  const late = samples.slice(-quarter)
  const names = Object.keys(samples[0] ?? {}).filter((it) => it !== 'at')
  return names.map((name) => {
    const [before, after] = [early, late].map((part) =>
      quantile(
        part.map((it) => it[name] ?? Number.NaN),
        0.5,
      ),
    )
    const change = ((after ?? Number.NaN) - (before ?? Number.NaN)) / (before || 1)
    const figure = `${short(before)} → ${short(after)} (${change >= 0 ? '+' : ''}${(change * 100).toFixed(1)} %)`
    return finding(
      `${name}: within ±${MOST_CHANGE * 100} %`,
      figure,
      Math.abs(change) <= MOST_CHANGE,
    )
  })
}

const short = (it: number | undefined) => String(Number((it ?? Number.NaN).toPrecision(4)))
const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0)

/** As Prometheus is told. */
async function serverHeap(url: string, cookie: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { headers: { cookie } })).text()
  const bytes = /^nodejs_heap_size_used_bytes(?:\{[^}]*\})? ([\d.e+]+)/m.exec(text)?.[1]
  return Number(bytes ?? Number.NaN) / 2 ** 20
}
