import { setTimeout as sleep } from 'node:timers/promises'
import { startTcpProxy } from '../../labs/tcp-proxy'
import { startTestRedis } from '../../redis'
import { checkAccepted } from '../harness/check-accepted'
import { contradictions } from '../harness/check-history'
import { type Fault, finding, none } from '../harness/fault'
import { eventsOf, keepWholeLog, readHistory } from '../harness/history'
import { idsOf } from '../harness/ids'
import { startChild } from '../harness/start-child'
import { errorsOf, startSwarm } from '../harness/swarm'
import type { MonitorOptions } from '../parts/monitor'

const NOTICED_MS = 15_000

export const badLink: Fault = {
  name: 'bad-link',
  title: 'a link to Redis that is slow, breaks, is half-open, or is forgotten by a router',
  takes: 'three minutes',
  run: async (context) => {
    const phaseMs = context.quick ? 5000 : 30_000
    const redis = await startTestRedis({ appendOnly: true })
    context.endLater(() => redis.stop())
    const admin = redis.client()
    await keepWholeLog(admin)
    const proxy = await startTcpProxy(redis)
    context.endLater(() => proxy.close())
    await startChild(context, 'monitor', {
      place: { host: redis.host, port: redis.port },
      intervalMs: 1000,
      autoEscalate: true,
    } satisfies MonitorOptions)
    const swarm = await startSwarm(context, 2, {
      place: { host: proxy.host, port: proxy.port },
      ids: idsOf('link', 16),
      thresholdMs: 60_000,
      pauseMs: 200,
    })
    await sleep(2000)
    const again = async (mostMs = 30_000) => {
      await swarm.mark()
      return swarm.untilAllWork(mostMs)
    }

    context.say('half a second of latency, each way')
    proxy.setLatency(500)
    await sleep(phaseMs)
    const slow = await again()
    proxy.setLatency(0)

    context.say('one chunk in ten resets its connection')
    proxy.setResetShare(0.1)
    await sleep(phaseMs)
    proxy.setResetShare(0)
    const afterResets = await again()

    context.say('half-open: nothing passes, nobody is told')
    proxy.setHalfOpen(true)
    const opened = await untilBreakersOpen(swarm.processes, 2 * NOTICED_MS)
    await sleep(phaseMs / 2)
    proxy.setHalfOpen(false)
    const afterHalfOpen = await again()

    context.say('connections that a router forgot; new ones would be well')
    const forgotten: number[] = []
    const stuck: string[] = []
    for (let time = 0; time < (context.quick ? 1 : 3); time++) {
      await sleep(2000)
      proxy.strand()
      const { afterMs, missing } = await again()
      forgotten.push(Math.round(afterMs))
      stuck.push(...missing)
    }
    await swarm.rest(5000)
    const reports = await swarm.reports()
    const history = await readHistory(admin)
    const kept = checkAccepted(history, reports)
    const noticed = Math.max(...forgotten)
    return {
      done: `16 coordinators behind a proxy: 500 ms each way, 10 % of chunks reset, half-open, connections forgotten ${forgotten.length} times; ${phaseMs / 1000} s each`,
      findings: [
        none(
          `no accepted signal, ACK or work item lost (of ${kept.accepted.signals}, ${kept.accepted.acks}, ${kept.accepted.work})`,
          [...kept.lostSignals, ...kept.lostAcks, ...kept.lostWork],
        ),
        none('none doubled', kept.doubled),
        finding(
          `half-open is noticed within ${NOTICED_MS / 1000} s`,
          `all breakers open after ${opened} ms`,
          opened <= NOTICED_MS,
        ),
        finding(
          `a forgotten connection is replaced within ${NOTICED_MS / 1000} s`,
          stuck.length === 0
            ? `all work again after ${noticed} ms at most`
            : `${stuck.length / 2} of 16 do not work after 30 s`,
          stuck.length === 0 && noticed <= NOTICED_MS,
        ),
        none('no false death', eventsOf(history, 'coordinator.timed_out')),
        none(
          'nobody is refused who should not be',
          reports.flatMap((it) => it.fenced),
        ),
        none('the history contradicts itself nowhere', contradictions(history)),
        finding(
          'works',
          `slow: all within ${Math.round(slow.afterMs)} ms; after resets ${Math.round(afterResets.afterMs)} ms; after half-open ${Math.round(afterHalfOpen.afterMs)} ms`,
          'reported',
        ),
      ],
      facts: {
        slow,
        afterResets,
        opened,
        afterHalfOpen,
        forgotten,
        stuck,
        errors: errorsOf(reports),
        doubled: kept.doubled,
        contradictions: contradictions(history),
      },
    }
  },
}

type Processes = Awaited<ReturnType<typeof startSwarm>>['processes']

/** How long until every coordinator's own guard of Redis has given up trying, ms. */
async function untilBreakersOpen(processes: Processes, mostMs: number): Promise<number> {
  const since = performance.now()
  for (;;) {
    const states = await Promise.all(
      processes.map((it) => it.call<{ breaker: string[] }>('connections')),
    )
    const elapsed = Math.round(performance.now() - since)
    if (states.every((it) => it.breaker.every((state) => state !== 'closed'))) return elapsed
    if (elapsed > mostMs) return Number.POSITIVE_INFINITY
    await sleep(50)
  }
}
