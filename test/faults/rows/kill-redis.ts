import { setTimeout as sleep } from 'node:timers/promises'
import { startTestRedis } from '../../redis'
import { checkAccepted, type Kept } from '../harness/check-accepted'
import { contradictions } from '../harness/check-history'
import type { FaultContext } from '../harness/context'
import { type Fault, finding, none } from '../harness/fault'
import { keepWholeLog, readHistory } from '../harness/history'
import { idsOf } from '../harness/ids'
import { errorsOf, startSwarm } from '../harness/swarm'

/** Everyone must work again so soon after Redis does, ms. */
const AGAIN_MS = 5000

export const killRedis: Fault = {
  name: 'kill-redis',
  title: 'kill -9 Redis again and again under load',
  takes: 'three minutes',
  run: async (context) => {
    const kills = context.quick ? 3 : 20
    const always = await killUnderLoad(context, 'always', kills)
    const everysec = await killUnderLoad(context, 'everysec', kills)
    const slowest = Math.max(always.slowest, everysec.slowest)
    return {
      done: `Redis killed ${kills} times with appendfsync always, ${kills} times with everysec, under 24 coordinators in two processes`,
      findings: [
        none(
          `always: no accepted signal lost (of ${always.kept.accepted.signals})`,
          always.kept.lostSignals,
        ),
        none(
          `always: no accepted ACK lost (of ${always.kept.accepted.acks})`,
          always.kept.lostAcks,
        ),
        none(
          `always: no work item lost or back (of ${always.kept.accepted.work})`,
          always.kept.lostWork,
        ),
        finding('everysec: what is lost is told', lossOf(everysec.kept), 'reported'),
        none('no signal twice', [
          ...always.kept.doubled,
          ...always.contradictions.filter((it) => it.includes('twice')),
        ]),
        none('no (epoch, instance) twice', [
          ...always.kept.repeatedEpochs,
          ...everysec.kept.repeatedEpochs,
        ]),
        none('nobody is refused who should not be', [...always.fenced, ...everysec.fenced]),
        none('the history contradicts itself nowhere', [
          ...always.contradictions,
          ...everysec.contradictions,
        ]),
        finding(
          `everyone works again within ${AGAIN_MS / 1000} s`,
          `${slowest} ms at most`,
          slowest <= AGAIN_MS,
        ),
      ],
      facts: { always, everysec },
    }
  },
}

async function killUnderLoad(
  context: FaultContext,
  appendFsync: 'always' | 'everysec',
  kills: number,
) {
  const redis = await startTestRedis({ appendOnly: true, appendFsync })
  context.endLater(() => redis.stop())
  await keepWholeLog(redis.client())
  const swarm = await startSwarm(context, 2, {
    place: { host: redis.host, port: redis.port },
    ids: idsOf(`kill-${appendFsync}`, 24),
    thresholdMs: 60_000,
    pauseMs: 100,
  })
  const again: number[] = []
  const stuck: string[] = []
  for (let kill = 1; kill <= kills; kill++) {
    await sleep(500 + Math.random() * 1500)
    context.say(`appendfsync ${appendFsync}, kill ${kill} of ${kills}`)
    await redis.kill9()
    await sleep(Math.random() * 1000)
    await redis.restart()
    await swarm.mark()
    const { afterMs, missing } = await swarm.untilAllWork(20_000)
    again.push(Math.round(afterMs))
    stuck.push(...missing)
  }
  await swarm.rest(3000)
  const reports = await swarm.reports()
  const history = await readHistory(redis.client())
  const result = {
    kept: checkAccepted(history, reports),
    contradictions: contradictions(history),
    fenced: reports.flatMap((it) => it.fenced),
    again,
    stuck,
    slowest: Math.max(...again),
    errors: errorsOf(reports),
  }
  for (const { stop } of swarm.processes) await stop()
  return result
}

function lossOf({ accepted, lostSignals, lostAcks, lostWork }: Kept): string {
  return `${lostSignals.length} of ${accepted.signals} signals, ${lostAcks.length} of ${accepted.acks} ACKs, ${lostWork.length} of ${accepted.work} work items`
}
