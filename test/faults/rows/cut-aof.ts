import { readdirSync, statSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTestRedis, type TestRedis } from '../../redis'
import { checkAccepted } from '../harness/check-accepted'
import { contradictions } from '../harness/check-history'
import { type Fault, finding, none } from '../harness/fault'
import { keepWholeLog, readHistory } from '../harness/history'
import { idsOf } from '../harness/ids'
import { errorsOf, startSwarm } from '../harness/swarm'

export const cutAof: Fault = {
  name: 'cut-aof',
  title: 'the last seconds of the append-only file are gone, with registrations in them',
  takes: 'one minute',
  run: async (context) => {
    const rounds = context.quick ? 2 : 10
    const redis = await startTestRedis({
      appendOnly: true,
      appendFsync: 'always',
      settings: [['auto-aof-rewrite-percentage', '0']],
    })
    context.endLater(() => redis.stop())
    const admin = redis.client()
    await keepWholeLog(admin)
    const file = await appendOnlyFile(redis)
    const options = {
      place: { host: redis.host, port: redis.port },
      thresholdMs: 20_000,
      pauseMs: 100,
      rebornEveryMs: 400,
    }
    const first = await startSwarm(context, 1, { ...options, ids: idsOf('cut-early', 8) })
    let size = statSync(file).size
    // All of these register in the part that is going to be lost.
    const second = await startSwarm(context, 1, { ...options, ids: idsOf('cut-late', 8) })
    const swarms = [first, second]

    const cut: number[] = []
    const again: number[] = []
    const stuck: string[] = []
    for (let round = 1; round <= rounds; round++) {
      await sleep(2000)
      context.say(`cut ${round} of ${rounds}`)
      await redis.kill9()
      // In the middle of a command, as a torn write is.
      const keep = size + Math.floor(Math.random() * 200)
      cut.push(statSync(file).size - keep)
      truncateSync(file, keep)
      await redis.restart()
      size = statSync(file).size
      for (const it of swarms) await it.mark()
      for (const it of swarms) {
        const { afterMs, missing } = await it.untilAllWork(15_000)
        again.push(Math.round(afterMs))
        stuck.push(...missing)
      }
    }
    for (const it of swarms) await it.rest(1000)
    const reports = (await Promise.all(swarms.map((it) => it.reports()))).flat()
    const history = await readHistory(admin)
    const kept = checkAccepted(history, reports)
    const fenced = reports.flatMap((it) => it.fenced)
    const living = [...history.coordinators].filter(([, it]) => it.liveness === 'active')
    const lives = reports.reduce((sum, it) => sum + it.lives.length, 0)
    return {
      done: `${rounds} times Redis killed and ${Math.round(cut.reduce((a, b) => a + b, 0) / rounds / 1000)} kB cut off its file in the middle of a command, while coordinators register anew`,
      findings: [
        finding(
          'all 16 register again by themselves',
          `${living.length} active`,
          living.length === 16,
        ),
        none('nobody is stuck after it', stuck),
        none('nobody is refused who should not be', fenced),
        none(`no (epoch, instance) twice (of ${lives})`, kept.repeatedEpochs),
        none('the history contradicts itself nowhere', contradictions(history)),
      ],
      facts: {
        cut,
        again,
        stuck,
        fenced,
        repeated: kept.repeatedEpochs,
        errors: errorsOf(reports),
        contradictions: contradictions(history),
      },
    }
  },
}

async function appendOnlyFile(redis: TestRedis): Promise<string> {
  const [, folder] = (await redis.client().config('GET', 'dir')) as [string, string]
  const inside = path.join(folder, 'appendonlydir')
  const name = readdirSync(inside).find((it) => it.endsWith('.incr.aof'))
  if (!name) throw new Error('Redis has no append-only file')
  return path.join(inside, name)
}
