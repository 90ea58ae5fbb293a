import { setTimeout as sleep } from 'node:timers/promises'
import { startTestRedis } from '../../redis'
import { until } from '../../until'
import { contradictions } from '../harness/check-history'
import { type Fault, finding, none } from '../harness/fault'
import { eventsOf, keepWholeLog, readHistory } from '../harness/history'
import { idsOf } from '../harness/ids'
import { startChild } from '../harness/start-child'
import type { LateWriterOptions, LateWriterReport } from '../parts/late-writer'
import type { MonitorOptions } from '../parts/monitor'

const THRESHOLD_MS = 1000

export const stopCoordinators: Fault = {
  name: 'stop-coordinators',
  title: 'coordinators stopped past their timeout, replaced, and let go on',
  takes: 'a quarter of a minute',
  run: async (context) => {
    const count = context.quick ? 3 : 12
    const redis = await startTestRedis({ appendOnly: true })
    context.endLater(() => redis.stop())
    const admin = redis.client()
    await keepWholeLog(admin)
    const place = { host: redis.host, port: redis.port }
    await startChild(context, 'monitor', {
      place,
      intervalMs: 200,
      autoEscalate: true,
    } satisfies MonitorOptions)
    const writers = await Promise.all(
      idsOf('late', count).map((coordinatorId) =>
        startChild(context, 'late-writer', {
          place,
          coordinatorId,
          thresholdMs: THRESHOLD_MS,
        } satisfies LateWriterOptions),
      ),
    )
    // Past the grace of the first sweep, and with something written.
    await sleep(2000)
    context.say(`stopping ${count} processes`)
    for (const it of writers) it.kill('SIGSTOP')
    await until(async () => {
      const history = await readHistory(admin)
      return eventsOf(history, 'coordinator.escalated').length === count
    }, 200)
    context.say('all replaced; they go on')
    for (const it of writers) it.kill('SIGCONT')
    await sleep(context.quick ? 2000 : 5000)
    const reports = await Promise.all(writers.map((it) => it.call<LateWriterReport>('finish')))
    const history = await readHistory(admin)

    const refusedOf = (it: LateWriterReport) =>
      Object.values(it.refused).reduce((sum, one) => sum + one, 0)
    const refused = reports.reduce((sum, it) => sum + refusedOf(it), 0)
    const events = eventsOf(history, 'coordinator.write_refused')
    // Its heart stops at whichever refusal comes first: one beat may have been on its way.
    const beats = events.filter((it) => it.data.operation === 'beat').length
    const counted = idsOf('late', count).reduce(
      (sum, id) => sum + Number(history.coordinators.get(id)?.refused ?? 0),
      0,
    )
    const replacedAt = new Map(
      eventsOf(history, 'coordinator.escalated').map((it) => [it.entity, it.seq]),
    )
    const past = new Set<string>()
    const written = history.events.filter((it) => {
      const entity = `coordinator:${it.actor}`
      if (it.seq === replacedAt.get(it.entity)) past.add(it.entity)
      return past.has(entity) && it.type !== 'coordinator.write_refused'
    })
    const kinds = new Set(reports.flatMap((it) => Object.keys(it.refused)))
    return {
      done: `${count} processes stopped for longer than ${THRESHOLD_MS / 1000} s while they write in six ways, replaced, and continued`,
      findings: [
        finding(
          'late writes of all six kinds are tried',
          `${refused} of ${kinds.size} kinds`,
          kinds.size === 6,
        ),
        none(
          'none of them is accepted',
          reports.reduce((sum, it) => sum + it.acceptedLate, 0) + written.length,
        ),
        finding(
          'each refusal is counted',
          `${counted} (${beats} of them beats)`,
          counted === refused + beats,
        ),
        finding('each refusal is in the log', events.length, events.length === counted),
        none(
          'nothing else is thrown',
          reports.flatMap((it) => it.otherErrors),
        ),
        none('the history contradicts itself nowhere', contradictions(history)),
      ],
      facts: { reports, written: written.slice(0, 20), contradictions: contradictions(history) },
    }
  },
}
