import { setTimeout as sleep } from 'node:timers/promises'
import { quantile } from '../../bench/harness/statistics'
import { startSentinelLab } from '../../labs/sentinel'
import { until } from '../../until'
import { checkAccepted } from '../harness/check-accepted'
import { contradictions } from '../harness/check-history'
import { type Fault, finding, none } from '../harness/fault'
import { keepWholeLog, readHistory } from '../harness/history'
import { idsOf } from '../harness/ids'
import { errorsOf, startSwarm } from '../harness/swarm'

const AGAIN_MS = 10_000

export const failOver: Fault = {
  name: 'fail-over',
  title: 'Sentinel fails over from a primary that is killed, or stopped and let go on',
  takes: 'eight minutes',
  run: async (context) => {
    const rounds = context.quick ? 1 : 10
    // Two replicas: one is asked for, and one has to be left for it after a failover.
    const lab = await startSentinelLab({ replicas: 2, appendOnly: true })
    context.endLater(() => lab.stop())
    await keepWholeLog(lab.client())
    process.env.BLOCKING_COORDINATION_REPLICAS = '1'
    context.endLater(() => {
      delete process.env.BLOCKING_COORDINATION_REPLICAS
    })
    const swarm = await startSwarm(context, 2, {
      place: { name: lab.name, sentinels: lab.sentinels },
      ids: idsOf('failover', 16),
      thresholdMs: 60_000,
      pauseMs: 100,
      rebornEveryMs: 1000,
    })
    const again = { kill: [] as number[], stop: [] as number[] }
    /** What Sentinel and Redis take: until another is primary, and until a replica confirms a write to it. */
    const failedOver: number[] = []
    const replicaThere: number[] = []
    const stuck: string[] = []
    const links: unknown[] = []
    for (let round = 1; round <= rounds; round++) {
      for (const how of ['kill', 'stop'] as const) {
        await lab.untilReplicated()
        await sleep(1000)
        context.say(`${how}, ${round} of ${rounds}`)
        const primary = await lab.primary()
        await swarm.mark()
        if (how === 'kill') await primary.kill9()
        else primary.pause()
        await swarm.mark()
        const since = performance.now()
        const next = await lab.untilFailedOver(primary)
        failedOver.push(Math.round(performance.now() - since))
        const admin = next.client({ commandTimeout: 2000 })
        // As an accepted call does: a write that a replica confirms.
        const confirmed = async () => {
          await admin.set('faults:probe', '1')
          return (await admin.call('WAIT', 1, 500)) === 1
        }
        await until(() => confirmed().catch(() => false), 50)
        admin.disconnect()
        replicaThere.push(Math.round(performance.now() - since))
        const { afterMs, missing, late } = await swarm.untilAllWork(30_000)
        again[how].push(Math.round(afterMs))
        stuck.push(...missing)
        if (late) links.push({ how, round, ...late })
        // The old one comes back while everybody works, and still holds itself for the primary.
        if (how === 'kill') await primary.restart()
        else primary.resume()
      }
    }
    await lab.untilReplicated()
    await swarm.rest(4000)
    const reports = await swarm.reports()
    const history = await readHistory(lab.client())
    const kept = checkAccepted(history, reports)
    const slowest = Math.max(...again.kill, ...again.stop)
    const fenced = reports.flatMap((it) => it.fenced)
    return {
      done: `${rounds} times the primary killed, ${rounds} times stopped and continued; three sentinels, two replicas of which one is asked for, 16 coordinators`,
      findings: [
        none(`no accepted signal lost (of ${kept.accepted.signals})`, kept.lostSignals),
        none(`no accepted ACK lost (of ${kept.accepted.acks})`, kept.lostAcks),
        none(`no work item lost or back (of ${kept.accepted.work})`, kept.lostWork),
        none('none doubled', kept.doubled),
        none('no (epoch, instance) twice', kept.repeatedEpochs),
        finding(
          `all write again within ${AGAIN_MS / 1000} s of it`,
          `${slowest} ms at most, ${Math.round(quantile([...again.kill, ...again.stop], 0.5))} in the middle; without Signalbox a replica confirms a write after ${Math.max(...replicaThere)} ms at most`,
          slowest <= AGAIN_MS && stuck.length === 0,
        ),
        none('nobody is refused who should not be', fenced),
        none('the history contradicts itself nowhere', contradictions(history)),
      ],
      facts: {
        again,
        failedOver,
        replicaThere,
        stuck,
        links,
        fenced,
        errors: errorsOf(reports),
        kept,
        contradictions: contradictions(history),
      },
    }
  },
}
