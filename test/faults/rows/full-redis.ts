import { setTimeout as sleep } from 'node:timers/promises'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { isRedisFullError } from '@/lib/redis/errors'
import { startTestRedis } from '../../redis'
import { contradictions } from '../harness/check-history'
import { type Fault, finding, none } from '../harness/fault'
import { eventsOf, keepWholeLog, readHistory } from '../harness/history'
import { idsOf } from '../harness/ids'
import { inLanes } from '../harness/lanes'
import { SECRET } from '../harness/place'
import { startChild } from '../harness/start-child'
import type { MonitorOptions } from '../parts/monitor'

const THRESHOLD_MS = 2000

export const fullRedis: Fault = {
  name: 'full-redis',
  title: 'Redis reaches its memory limit, and gets room again',
  takes: 'half a minute',
  run: async (context) => {
    const fullMs = context.quick ? 3 * THRESHOLD_MS : 10 * THRESHOLD_MS
    const redis = await startTestRedis({ appendOnly: true })
    context.endLater(() => redis.stop())
    const admin = redis.client()
    await keepWholeLog(admin)
    await startChild(context, 'monitor', {
      place: { host: redis.host, port: redis.port },
      intervalMs: 500,
      autoEscalate: false,
    } satisfies MonitorOptions)
    const client = redis.client()
    const signals = new BlockingCoordinationSignals({ redisClient: client })
    await signals.connect()
    const ids = idsOf('full', 20)
    const managers = ids.map(
      (coordinatorId) =>
        new BlockingCoordinationManager({
          redisClient: client,
          coordinatorId,
          hmacSecret: SECRET,
          timeoutThreshold: THRESHOLD_MS,
        }),
    )
    context.endLater(() => Promise.all(managers.map((it) => it.cleanup())))
    await Promise.all(managers.map((it) => it.life.ensure()))
    const perInbox = context.quick ? 20 : 100
    await inLanes(20, ids, async (id) => {
      for (let n = 0; n < perInbox; n++) await signals.sendSignal('sender', id, 'status_update', n)
    })

    context.say('no memory is left')
    await admin.config('SET', 'maxmemory', '1mb')
    const refusals: unknown[] = []
    let accepted = 0
    const trySends = async () => {
      for (const id of ids) {
        await signals.sendSignal('sender', id, 'error', Math.floor(Math.random() * 1e9)).then(
          () => {
            accepted += 1
          },
          (error: unknown) => refusals.push(error),
        )
      }
    }
    let beats = 0
    for (const it of managers) it.life.on('beat', () => beats++)
    const failed: unknown[] = []
    let acked = 0
    const until = performance.now() + fullMs
    await Promise.all([
      ...managers.map(async (manager) => {
        for (let n = 0; n < perInbox; n++) {
          try {
            const signal = await manager.waitForSignal({ timeoutMs: 2000 })
            if (!signal) return
            await manager.acknowledgeSignal(signal)
            acked += 1
          } catch (error) {
            failed.push(error)
          }
        }
      }),
      (async () => {
        while (performance.now() < until) {
          await trySends()
          await sleep(200)
        }
      })(),
    ])
    const acceptedFull = accepted
    const beatsFull = beats

    context.say('there is room again')
    await admin.config('SET', 'maxmemory', '0')
    accepted = 0
    const refusedBefore = refusals.length
    await trySends()
    const history = await readHistory(admin)
    const refused = eventsOf(history, 'signal.refused').filter(
      (it) => it.data.reason === 'memory_full',
    )
    const wanted = ids.length * perInbox
    const least = (ids.length * fullMs) / (THRESHOLD_MS / 10) / 3
    return {
      done: `Redis without memory for ${fullMs / 1000} s (noeviction), with ${wanted} signals pending for 20 coordinators that go on, then with memory`,
      findings: [
        finding(
          'signals are refused in clear words',
          `${refusals.filter(isRedisFullError).length} of ${refusedBefore} by RedisFullError, ${acceptedFull} accepted`,
          refusedBefore > 0 && refusals.every(isRedisFullError) && acceptedFull === 0,
        ),
        finding('each refusal is in the log', refused.length, refused.length === refusedBefore),
        finding(
          `all ${wanted} pending are acknowledged`,
          acked,
          acked === wanted && failed.length === 0,
        ),
        finding('hearts beat on', `${beatsFull} beats`, beatsFull >= least),
        none('nobody dies', eventsOf(history, 'coordinator.timed_out')),
        finding('recovers by itself', `${accepted} of 20 sent at once`, accepted === 20),
        none('the history contradicts itself nowhere', contradictions(history)),
      ],
      facts: {
        failed: failed.slice(0, 5).map(String),
        refusals: refusals.slice(0, 3).map(String),
        contradictions: contradictions(history),
      },
    }
  },
}
