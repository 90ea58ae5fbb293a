import type { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { type TestNamespace, testNamespace } from '../../lib/cfn-loop/namespace'
import { registered, story } from '../../lib/view/event-story'
import { startTestRedis, type TestRedis } from '../../redis'
import { until } from '../../until'
import { comparable, startProjection } from './projection-harness'

let server: TestRedis
let redis: Redis
let ns: TestNamespace
const closers: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  server = await startTestRedis({ appendOnly: true })
  redis = server.client()
  ns = testNamespace(redis)
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close().catch(() => {})
  await server.stop()
})

async function watch() {
  const it = await startProjection(server, ns.keys)
  closers.push(it.close)
  return it
}

const atEnd = async (seq: string) =>
  (await redis.xrevrange(ns.keys.events, '+', '-', 'COUNT', 1))[0]?.[0] === seq

/** Coordinators that send, acknowledge, work and change their phase, until told to stop. */
function busySwarm(size: number) {
  const connection = server.client()
  const signals = new BlockingCoordinationSignals({ redisClient: connection })
  const managers = Array.from(
    { length: size },
    (_, i) =>
      new BlockingCoordinationManager({
        redisClient: connection,
        coordinatorId: `busy-${i}`,
        swarmId: 'busy',
        hmacSecret: 'a secret that is longer than 32 bytes',
      }),
  )
  let busy = true
  const done = (async () => {
    await signals.connect()
    await Promise.all(
      managers.map(async (manager, me) => {
        for (let round = 1; busy; round++) {
          await manager.recordActivity(`phase-${round}`, round)
          await manager.storeWorkItem(`item-${round % 3}`, { round })
          const to = `busy-${(me + 1) % size}`
          await signals.sendSignal(manager.coordinatorId, to, 'retry', round)
          const signal = await manager.waitForSignal({ timeoutMs: 0 })
          if (signal) await manager.acknowledgeSignal(signal)
          if (round % 5 === 0) await manager.completeWorkItem(`item-${round % 3}`)
        }
      }),
    )
    await Promise.all(managers.map((manager) => manager.stop()))
    await signals.disconnect()
  })()
  return {
    stop: async () => {
      busy = false
      await done
    },
  }
}

describe('the board of a server', () => {
  test('is a snapshot plus a tail without a gap, taken while everybody writes', async () => {
    const swarm = busySwarm(6)
    await until(async () => (await redis.xlen(ns.keys.events)) > 100)
    const { projection, records, seen } = await watch()
    await until(() => seen.events.length > 500)
    await swarm.stop()
    await until(() => atEnd(projection.view().seq))
    expect(comparable(projection.view())).toEqual(comparable(await records()))
    expect(seen.snapshots).toBe(1)
    const seqs = seen.events.map((event) => event.seq)
    expect(new Set(seqs).size).toBe(seqs.length)
  })

  test('is read anew when entries were trimmed before they were read', async () => {
    const life = ns.life('a', { heartbeatInterval: 3_600_000 })
    closers.push(() => life.stop())
    await life.ensure()
    const { projection, records, seen } = await watch()
    // In one step, so that the tail cannot have read what is taken away.
    await redis
      .multi()
      .hset(ns.keys.coordinator('a'), 'phase', 'unseen')
      .xadd(ns.keys.events, '*', 'e', '{}')
      .xadd(ns.keys.events, '*', 'e', '{}')
      .xtrim(ns.keys.events, 'MAXLEN', 1)
      .exec()
    await until(() => seen.snapshots > 1)
    expect(projection.view().coordinators.get('a')?.phase).toBe('unseen')
    await life.recordActivity('seen', 2)
    await until(() => projection.view().coordinators.get('a')?.phase === 'seen')
    expect(comparable(projection.view())).toEqual(comparable(await records()))
  })

  test('is read anew when Redis was emptied', async () => {
    const life = ns.life('a')
    await life.ensure()
    const { projection, seen } = await watch()
    expect(projection.view().coordinators.size).toBe(1)
    await life.stop()
    await server.flush()
    await until(() => seen.snapshots > 1 && projection.view().coordinators.size === 0)
    const fresh = ns.life('b')
    closers.push(() => fresh.stop())
    await fresh.ensure()
    await until(() => projection.view().coordinators.has('b'))
  })

  test('is not late any more once all is here, however long ago the last event was', async () => {
    const { projection } = await watch()
    const [event] = story([registered('a')])
    await redis.xadd(ns.keys.events, '*', 'e', JSON.stringify(event))
    await until(() => (projection.status().eventLagMs ?? 0) > 3_000_000)
    await until(() => projection.status().eventLagMs === null)
  })

  test('skips what is no event, says so, and goes on', async () => {
    const { projection, skipped } = await watch()
    await redis.xadd(ns.keys.events, '*', 'e', 'no json')
    await redis.xadd(ns.keys.events, '*', 'other', 'field')
    await redis.xadd(ns.keys.events, '*', 'e', '{"v":1,"type":"__proto__"}')
    const life = ns.life('a')
    closers.push(() => life.stop())
    await life.ensure()
    await until(() => projection.view().coordinators.has('a'))
    expect(skipped.length).toBe(3)
    expect(skipped[0]).toMatchObject({ msg: 'an entry of the log was skipped' })
  })

  test('knows that Redis is gone, and goes on by itself when it is back', async () => {
    const { projection, seen, records } = await watch()
    await server.shutdown()
    await until(() => projection.status().redis.state === 'down')
    expect(projection.status().redis).toMatchObject({ nextTryAt: expect.any(Number) })
    await server.restart()
    await until(() => projection.status().redis.state === 'up')
    const life = ns.life('a')
    closers.push(() => life.stop())
    await life.ensure()
    await until(() => projection.view().coordinators.has('a'))
    expect(seen.health).toEqual(['down', 'up'])
    expect(comparable(projection.view())).toEqual(comparable(await records()))
  })

  test('knows that a Redis which hangs is gone', async () => {
    const { projection } = await watch()
    server.pause()
    try {
      await until(() => projection.status().redis.state === 'down')
    } finally {
      server.resume()
    }
    await until(() => projection.status().redis.state === 'up')
    const life = ns.life('a')
    closers.push(() => life.stop())
    await life.ensure()
    await until(() => projection.view().coordinators.has('a'))
  })

  test('is the same on two servers', async () => {
    const [one, other] = [await watch(), await watch()]
    const swarm = busySwarm(3)
    await until(() => one.seen.events.length > 50)
    await swarm.stop()
    await until(() => atEnd(one.projection.view().seq))
    await until(() => atEnd(other.projection.view().seq))
    expect(one.projection.view()).toEqual(other.projection.view())
  })

  test('holds the beats of everybody, each once', async () => {
    const { projection } = await watch()
    const life = ns.life('a', { heartbeatInterval: 30 })
    closers.push(() => life.stop())
    await life.ensure()
    await until(() => projection.rings.of('a').length >= 5)
    const beats = projection.rings.of('a')
    expect(beats).toEqual([...new Set(beats)].sort((a, b) => a - b))
    expect(projection.status().beatsPerSecond).toBeGreaterThan(0)
    expect(projection.rings.strip('a')).toHaveLength(beats.length - 1)
  })
})
