import { setTimeout as sleep } from 'node:timers/promises'
import { startTestRedis } from '../../redis'
import { checkAccepted } from '../harness/check-accepted'
import { contradictions } from '../harness/check-history'
import { type Fault, finding, none } from '../harness/fault'
import { eventsOf, keepWholeLog, readHistory } from '../harness/history'
import { idsOf } from '../harness/ids'
import { startChild } from '../harness/start-child'
import { errorsOf, startSwarm } from '../harness/swarm'
import { startWatcher } from '../harness/watcher'
import type { MonitorOptions } from '../parts/monitor'

/** Beyond its own time-out a call may take so long, ms. */
const BEYOND_MS = 500
const THRESHOLD_MS = 4000
const STOPPED_MS = 10_000

export const stopRedis: Fault = {
  name: 'stop-redis',
  title: 'Redis stopped for ten seconds, longer than anybody may be silent',
  takes: 'one minute',
  run: async (context) => {
    const rounds = context.quick ? 1 : 3
    const redis = await startTestRedis({ appendOnly: true })
    context.endLater(() => redis.stop())
    const admin = redis.client()
    await keepWholeLog(admin)
    const place = { host: redis.host, port: redis.port }
    for (const intervalMs of [500, 1000]) {
      await startChild(context, 'monitor', {
        place,
        intervalMs,
        autoEscalate: true,
      } satisfies MonitorOptions)
    }
    const watcher = await startWatcher(context, redis)
    const swarm = await startSwarm(context, 3, {
      place,
      ids: idsOf('stopped', 30),
      thresholdMs: THRESHOLD_MS,
      pauseMs: 100,
    })
    await sleep(3000)

    const beyond: Record<string, number> = {}
    const unknown: { afterMs: number | undefined; knownAgainMs: number | undefined }[] = []
    const again: number[] = []
    for (let round = 1; round <= rounds; round++) {
      context.say(`stopped, ${round} of ${rounds}`)
      await Promise.all(swarm.processes.map((it) => it.call('forgetTimes')))
      const stoppedAt = Date.now()
      redis.pause()
      await sleep(STOPPED_MS)
      redis.resume()
      const resumedAt = Date.now()
      await swarm.mark()
      again.push(Math.round((await swarm.untilAllWork(15_000)).afterMs))
      await sleep(2 * THRESHOLD_MS)
      unknown.push({
        afterMs: watcher.firstAfter(stoppedAt, 'unknown'),
        knownAgainMs: watcher.firstAfter(resumedAt, 'known'),
      })
      for (const report of await swarm.reports()) {
        for (const [operation, ms] of Object.entries(report.beyond)) {
          beyond[operation] = Math.max(
            beyond[operation] ?? Number.NEGATIVE_INFINITY,
            Math.round(ms),
          )
        }
      }
    }
    const deathsOf = async () =>
      eventsOf(await readHistory(admin), 'coordinator.timed_out').map((it) => it.entity)
    const falseDeaths = await deathsOf()
    // That nobody died must not be because nobody looked.
    swarm.processes[0]?.kill('SIGKILL')
    await sleep(2 * THRESHOLD_MS)
    const found = (await deathsOf()).length - falseDeaths.length
    await Promise.all(swarm.processes.slice(1).map((it) => it.call('rest')))
    await sleep(1500)
    const reports = await Promise.all(
      swarm.processes.slice(1).map((it) => it.call<never>('report')),
    )
    const history = await readHistory(admin)
    const kept = checkAccepted(history, reports)
    const slowest = Math.max(...Object.values(beyond))
    const seen = unknown.map((it) => it.afterMs ?? Number.POSITIVE_INFINITY)
    return {
      done: `Redis stopped ${rounds} times for ${STOPPED_MS / 1000} s under 30 coordinators with a threshold of ${THRESHOLD_MS / 1000} s, two monitors and a board`,
      findings: [
        finding(
          `every call ends within its time-out + ${BEYOND_MS} ms`,
          `${slowest} ms beyond at most`,
          slowest <= BEYOND_MS,
        ),
        none('no false death', falseDeaths),
        finding(
          'the board shows everybody as unknown',
          `after ${Math.max(...seen)} ms at most`,
          seen.every(Number.isFinite),
        ),
        finding(
          'and knows again',
          unknown.map((it) => `${it.knownAgainMs} ms`).join(', '),
          unknown.every((it) => it.knownAgainMs !== undefined),
        ),
        none('nothing accepted is lost', [...kept.lostSignals, ...kept.lostAcks, ...kept.lostWork]),
        none('no signal twice', kept.doubled),
        finding('who is killed afterwards is found', `${found} of 10`, found === 10),
        none('the history contradicts itself nowhere', contradictions(history)),
        finding('everyone works again', `after ${Math.max(...again)} ms at most`, 'reported'),
      ],
      facts: {
        beyond,
        unknown,
        again,
        falseDeaths,
        errors: errorsOf(reports),
        contradictions: contradictions(history),
      },
    }
  },
}
