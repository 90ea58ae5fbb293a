import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openBoard } from '../harness/board-page'
import { contradictions } from '../harness/check-history'
import { signIn, startControlRoom } from '../harness/control-room'
import { type Fault, finding, none } from '../harness/fault'
import { eventsOf, keepWholeLog, readHistory } from '../harness/history'
import { idsOf } from '../harness/ids'
import { startRedisWithClock } from '../harness/redis-clock'
import { startChild } from '../harness/start-child'
import { startSwarm } from '../harness/swarm'
import type { MonitorOptions } from '../parts/monitor'

const THRESHOLD_MS = 3000
const INTERVAL_MS = 500
const TEN_MINUTES = 600_000

const jumping = ['--require', path.resolve(import.meta.dirname, '../harness/jumping-clock.cjs')]

export const clocks: Fault = {
  name: 'clocks',
  title: 'clocks of everybody jump by up to ten minutes, then Redis’ own',
  takes: 'two minutes',
  run: async (context) => {
    const phaseMs = context.quick ? 6000 : 30_000
    const redis = await startRedisWithClock(context)
    const admin = redis.client()
    await keepWholeLog(admin)
    const place = { host: redis.host, port: redis.port }
    for (let n = 0; n < 2; n++) {
      const options = {
        place,
        intervalMs: INTERVAL_MS,
        autoEscalate: false,
      } satisfies MonitorOptions
      await startChild(context, 'monitor', options, { execArgv: jumping })
    }
    const room = await startControlRoom(context, redis, { SIGNALBOX_SWEEP_MS: '500' }, jumping)
    const page = await openBoard(room.url, (await signIn(redis, 'clock', 'viewer')).cookie)
    context.endLater(() => page.close())
    const swarm = await startSwarm(
      context,
      3,
      { place, ids: idsOf('clock', 30), thresholdMs: THRESHOLD_MS, pauseMs: 200 },
      { execArgv: jumping },
    )
    const deaths = async () => eventsOf(await readHistory(admin), 'coordinator.timed_out')
    /** Kills a process, and says how far from the threshold its coordinators were found dead, ms. */
    const detection = async (at: number) => {
      const before = (await deaths()).length
      swarm.processes[at]?.kill('SIGKILL')
      await sleep(2 * THRESHOLD_MS + 2000)
      return (await deaths())
        .slice(before)
        .map((it) => Math.abs(it.at - it.data.lastBeat - it.data.thresholdMs))
    }

    context.say('clocks of coordinators, monitors and the server jump each second')
    await sleep(phaseMs)
    const ofHosts = (await deaths()).length
    const seen = [...(page.view()?.coordinators.values() ?? [])].filter(
      (it) => it.liveness === 'active',
    )
    const offHosts = await detection(0)

    context.say('the clock of Redis jumps')
    const before = (await deaths()).length
    const jumps = [TEN_MINUTES, 0, -TEN_MINUTES, 90_000, 0]
    for (const offsetMs of jumps) {
      redis.setClock(offsetMs)
      await sleep(phaseMs / 3)
    }
    const ofRedis = (await deaths()).length - before
    // A grace of two intervals, or of the threshold, is over by now.
    await sleep(2 * THRESHOLD_MS)
    const offRedis = await detection(1)
    const history = await readHistory(admin)
    const graces = eventsOf(history, 'monitor.grace_started').filter(
      (it) => it.data.cause === 'clock',
    )
    const slowest = (all: number[]) =>
      `${all.length} found, ${Math.round(Math.max(0, ...all))} ms off at most`
    const holds = (all: number[]) => all.length === 10 && all.every((it) => it <= 1000)
    return {
      done: `30 coordinators in three processes, two monitors and a server, whose clocks jump each second by up to ±10 min; then Redis’ own by +10 min, back, −10 min, +90 s and back`,
      findings: [
        none('hosts: no false death', ofHosts),
        finding(
          'hosts: the board shows all as they are',
          `${seen.length} of 30 active`,
          seen.length === 30,
        ),
        finding('hosts: detection within ±1 s', slowest(offHosts), holds(offHosts)),
        none('Redis: no false death', ofRedis),
        finding('Redis: a grace period for the jumps', `${graces.length} begun`, graces.length > 0),
        finding('Redis: detection within ±1 s afterwards', slowest(offRedis), holds(offRedis)),
        none('the history contradicts itself nowhere', contradictions(history)),
      ],
      facts: { offHosts, offRedis, contradictions: contradictions(history) },
    }
  },
}
