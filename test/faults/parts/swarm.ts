import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { REDIS_BREAKER } from '@/lib/cfn-loop/redis-breaker'
import type { Part } from '../../serve-parts'
import { connectTo, SECRET } from '../harness/place'
import { CallLog } from './call-log'
import type {
  AcceptedAck,
  AcceptedSignal,
  AcceptedWork,
  NewLife,
  SwarmOptions,
  SwarmReport,
} from './swarm-report'

/** How long a call that writes may take, ms. */
const CALL_MS = REDIS_BREAKER.timeoutMs

/** A process of coordinators that send, acknowledge and hold work without end, whatever happens. */
export function swarmPart(): Part {
  const log = new CallLog()
  const signals: AcceptedSignal[] = []
  const acks: AcceptedAck[] = []
  const work = new Map<string, AcceptedWork>()
  const lives: NewLife[] = []
  const fenced = new Set<string>()
  const managers = new Map<string, BlockingCoordinationManager>()
  let options: SwarmOptions
  const noted = () => options.keepMs === undefined
  let redis: Redis
  let sender: BlockingCoordinationSignals
  let sending = true
  let receiving = true
  const loops: Promise<void>[] = []

  function begin(coordinatorId: string): BlockingCoordinationManager {
    const manager = new BlockingCoordinationManager({
      redisClient: redis,
      coordinatorId,
      swarmId: 'faults',
      hmacSecret: SECRET,
      timeoutThreshold: options.thresholdMs,
      label: 'load',
      ...(options.keepMs === undefined ? {} : { ackTtl: options.keepMs / 1000 }),
    })
    manager.life.on('registered', ({ epoch, instance, again }) => {
      lives.push({ coordinatorId, epoch, instance, again })
    })
    manager.life.on('fenced', () => {
      // One that was followed by another life is rightly refused.
      if (managers.get(coordinatorId) === manager) fenced.add(coordinatorId)
    })
    managers.set(coordinatorId, manager)
    return manager
  }
  const managerOf = (id: string) => managers.get(id) ?? begin(id)

  async function receive(id: string): Promise<void> {
    const { waitMs = 1000 } = options
    while (receiving) {
      const manager = managerOf(id)
      const signal = await log.run(id, 'waitForSignal', waitMs, () =>
        manager.waitForSignal({ timeoutMs: waitMs }),
      )
      if (!signal) {
        if (signal === undefined) await sleep(50)
        continue
      }
      const ack = await log.run(id, 'acknowledgeSignal', CALL_MS, () =>
        managerOf(id).acknowledgeSignal(signal),
      )
      if (!ack) await sleep(50)
      else if (noted()) acks.push({ signalId: ack.signalId, coordinatorId: id, mac: ack.mac })
    }
  }

  async function send(id: string, offset: number): Promise<void> {
    const { targets, pauseMs } = options
    for (let n = 0; sending; n++) {
      const target = targets[(offset + n) % targets.length] ?? id
      const key = `${id}-${n}`
      // The same key until it is accepted: a call that threw may have been carried out.
      for (let sent = false; !sent && sending; ) {
        const result = await log.run(id, 'sendSignal', CALL_MS, () =>
          sender.sendSignal(id, target, 'status_update', n, { key }, { idempotencyKey: key }),
        )
        sent = result !== undefined
        if (result && noted()) signals.push({ signalId: result.messageId, source: id, target, key })
        else await sleep(pauseMs)
      }
      await sleep(pauseMs)
    }
  }

  async function hold(id: string): Promise<void> {
    for (let n = 0; sending; n++) {
      const workId = `${id}-w${n}`
      const stored = await log.run(id, 'storeWorkItem', CALL_MS, async () => {
        await managerOf(id).storeWorkItem(workId, { n })
        return true
      })
      if (stored && noted()) work.set(workId, { coordinatorId: id, workId, done: false })
      await sleep(options.pauseMs)
      if (!stored || (n % 10 === 9 && noted())) continue
      // One that threw may be done or not: nothing can be said of it.
      work.delete(workId)
      const done = await log.run(id, 'completeWorkItem', CALL_MS, () =>
        managerOf(id).completeWorkItem(workId),
      )
      if (done && noted()) work.set(workId, { coordinatorId: id, workId, done: true })
    }
  }

  async function reborn(everyMs: number): Promise<void> {
    for (let turn = 0; sending; turn++) {
      await sleep(everyMs)
      const id = options.ids[turn % options.ids.length] ?? ''
      const old = managers.get(id)
      if (!old || !sending) continue
      // The newcomer takes over under the same id, and the old one ends behind it.
      begin(id)
      old.cleanup().catch(() => {})
    }
  }

  return {
    prepare: async (given: SwarmOptions) => {
      options = given
      redis = await connectTo(options.place)
      sender = new BlockingCoordinationSignals({
        redisClient: redis,
        ...(options.keepMs === undefined
          ? {}
          : { signalTTL: options.keepMs / 1000, idempotencyTTL: options.keepMs / 1000 }),
      })
      await sender.connect()
      await Promise.all(options.ids.map((it) => managerOf(it).life.ensure()))
      for (const id of options.ids) {
        loops.push(receive(id), send(id, options.targets.indexOf(id) + 1), hold(id))
      }
      if (options.rebornEveryMs) loops.push(reborn(options.rebornEveryMs))
    },
    mark: () => log.mark(),
    working: () => log.working(options.ids),
    forgetTimes: () => log.forgetTimes(),
    /** Sends no more; answers still. */
    rest: () => {
      sending = false
    },
    connections: () => ({
      breaker: [...managers.values()].map((it) => it.breaker.getState().state),
      status: redis.status,
      port: redis.stream?.remotePort,
    }),
    report: (): SwarmReport => ({
      signals,
      acks,
      work: [...work.values()],
      lives,
      errors: log.errors,
      fenced: [...fenced],
      beyond: log.beyond,
      calls: log.calls,
    }),
    /** Sizes of this process after a collection, bytes. */
    memory: () => {
      globalThis.gc?.()
      const { heapUsed, rss } = process.memoryUsage()
      return { heapUsed, rss, handles: process.getActiveResourcesInfo().length }
    },
    close: async () => {
      sending = false
      receiving = false
      await Promise.all([...managers.values()].map((it) => it.cleanup()))
      redis.disconnect()
    },
  }
}
