import { setTimeout as sleep } from 'node:timers/promises'
import { startTestRedis } from '../../redis'
import { contradictions } from '../harness/check-history'
import { type Fault, finding, none } from '../harness/fault'
import { eventsOf, keepWholeLog, readHistory } from '../harness/history'
import { idsOf } from '../harness/ids'
import { startChild } from '../harness/start-child'
import { startSwarm } from '../harness/swarm'
import type { MonitorOptions, MonitorReport } from '../parts/monitor'

const THRESHOLD_MS = 10_000
const INTERVAL_MS = 500
const MONITORS = 8

export const killCoordinators: Fault = {
  name: 'kill-coordinators',
  title: '200 coordinators killed -9 at once, and eight monitors racing for them',
  takes: 'one minute',
  run: async (context) => {
    const count = context.quick ? 40 : 200
    const processes = context.quick ? 2 : 10
    const redis = await startTestRedis({ appendOnly: true })
    context.endLater(() => redis.stop())
    await keepWholeLog(redis.client())
    const place = { host: redis.host, port: redis.port }
    const monitors = await Promise.all(
      Array.from({ length: MONITORS }, () =>
        startChild(context, 'monitor', {
          place,
          intervalMs: INTERVAL_MS,
          autoEscalate: true,
        } satisfies MonitorOptions),
      ),
    )
    const swarm = await startSwarm(context, processes, {
      place,
      ids: idsOf('killed', count),
      thresholdMs: THRESHOLD_MS,
      pauseMs: 1000,
    })
    // Longer than the grace that a first monitor gives, and than a threshold.
    await sleep(2 * THRESHOLD_MS)
    const before = eventsOf(await readHistory(redis.client()), 'coordinator.timed_out').length
    context.say(`killing ${processes} processes with ${count} coordinators`)
    for (const it of swarm.processes) it.kill('SIGKILL')
    await sleep(THRESHOLD_MS + INTERVAL_MS + 6000)

    const reports = await Promise.all(monitors.map((it) => it.call<MonitorReport>('report')))
    const history = await readHistory(redis.client())
    const deaths = eventsOf(history, 'coordinator.timed_out').slice(before)
    const escalations = eventsOf(history, 'coordinator.escalated')
    const lastBeat = new Map(deaths.map((it) => [it.entity, it.data.lastBeat]))
    const slowest = (times: number[]) => Math.round(Math.max(0, ...times))
    const died = slowest(deaths.map((it) => it.at - it.data.lastBeat))
    const replaced = slowest(escalations.map((it) => it.at - (lastBeat.get(it.entity) ?? it.at)))
    const within = THRESHOLD_MS + INTERVAL_MS + 2000
    const claims = reports.reduce(
      (sum, it) => sum + it.deaths.filter((one) => one.claimed).length,
      0,
    )
    const claimedEscalations = reports.reduce(
      (sum, it) => sum + it.escalations.filter((one) => one.claimed).length,
      0,
    )
    const heardWrongly = reports.filter(
      (it) =>
        it.deaths.length !== count ||
        new Set(it.deaths.map((one) => one.id)).size !== count ||
        it.escalations.length !== count,
    )
    return {
      done: `${count} coordinators in ${processes} processes killed -9 (threshold ${THRESHOLD_MS / 1000} s), ${MONITORS} monitor processes looking every ${INTERVAL_MS} ms`,
      findings: [
        none('nobody dies before', before),
        finding(`${count} timeouts`, deaths.length, deaths.length === count),
        finding(`${count} escalations`, escalations.length, escalations.length === count),
        finding(
          'each claimed by one monitor',
          `${claims} deaths, ${claimedEscalations} escalations`,
          claims === count && claimedEscalations === count,
        ),
        none(`each of the ${MONITORS} hears of each once`, heardWrongly),
        finding(
          `dead within ${within / 1000} s of the last beat`,
          `${died} ms at most`,
          died <= within,
        ),
        finding(
          `replaced within ${within / 1000} s of the last beat`,
          `${replaced} ms at most`,
          replaced <= within,
        ),
        none('the history contradicts itself nowhere', contradictions(history)),
      ],
      facts: {
        died,
        replaced,
        claims,
        claimedEscalations,
        heard: reports.map((it) => [it.deaths.length, it.escalations.length, it.failed]),
        contradictions: contradictions(history),
      },
    }
  },
}
