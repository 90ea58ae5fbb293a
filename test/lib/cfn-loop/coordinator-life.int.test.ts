import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { CoordinatorLife } from '@/lib/cfn-loop/coordinator-life'
import { setNamespaceThreshold } from '@/lib/cfn-loop/set-namespace-threshold'
import { isFencedError } from '@/lib/redis/errors'
import { type CoreRedis, itRestarts, startCoreRedis } from '../../labs/core-redis'
import { until } from '../../until'
import { testNamespace } from './namespace'

let server: CoreRedis
let ns: ReturnType<typeof testNamespace>
const lives: CoordinatorLife[] = []

beforeAll(async () => {
  server = await startCoreRedis()
  ns = testNamespace(server.client())
})
afterEach(async () => {
  await Promise.all(lives.splice(0).map((life) => life.stop().catch(() => {})))
  await server.flush()
})
afterAll(() => server.stop())

function life(id: string, options: Parameters<typeof ns.life>[1] = {}) {
  const it = ns.life(id, { timeoutThreshold: 200, ...options })
  lives.push(it)
  return it
}

describe('a life', () => {
  it('registers once, however many use it first', async () => {
    const one = life('a', { swarmId: 's-1', phase: 'loop-3', iteration: 2 })
    const [first, second] = await Promise.all([one.ensure(), one.ensure()])
    expect(first).toBe(second)
    expect(await ns.types()).toEqual(['coordinator.registered'])
    expect(await ns.record('a')).toMatchObject({
      swarm: 's-1',
      phase: 'loop-3',
      iteration: '2',
      liveness: 'active',
      epoch: String(first.epoch),
      instance: first.instance,
      pid: String(process.pid),
    })
  })

  it('beats by itself, without an event', async () => {
    const one = life('a')
    await one.ensure()
    const before = (await ns.record('a')).lastBeat
    await once(one, 'beat')
    await once(one, 'beat')
    expect((await ns.record('a')).lastBeat).not.toBe(before)
    expect(await ns.types()).toEqual(['coordinator.registered'])
  })

  it('registers again by itself when Redis lost its record, with a newer epoch', async () => {
    const one = life('a', { swarmId: 's-1' })
    const { epoch } = await one.ensure()
    const registered = once(one, 'registered')
    await server.flush()
    const [again] = await registered
    expect(again.again).toBe(true)
    expect(again.epoch).toBeGreaterThan(epoch)
    expect(await ns.types()).toEqual(['coordinator.reregistered'])
    expect((await ns.record('a')).swarm).toBe('s-1')
  })

  it('is fenced by a newer one under the same id; its late writes are refused and counted', async () => {
    const old = life('a')
    await old.ensure()
    const fenced = once(old, 'fenced')
    const fresh = life('a')
    await fresh.ensure()
    await fenced
    await expect(old.recordActivity('late')).rejects.toSatisfy(isFencedError)
    await expect(old.recordActivity('later')).rejects.toSatisfy(isFencedError)
    const record = await ns.record('a')
    expect(record.refused).toBe('3')
    expect(record.phase).toBeUndefined()
    expect(record.instance).toBe(fresh.incarnation?.instance)
    const refused = (await ns.events()).filter((it) => it.type === 'coordinator.write_refused')
    expect(refused.map((it) => it.data)).toMatchObject([
      { operation: 'beat', count: 1, epoch: old.incarnation?.epoch },
      { operation: 'recordActivity', count: 2 },
      { operation: 'recordActivity', count: 3 },
    ])
  })

  it('leaves gracefully: no beat comes behind it, and nothing is left among the living', async () => {
    const one = life('a')
    await one.ensure()
    await once(one, 'beat')
    await Promise.all([one.stop(), one.stop()])
    expect(await ns.liveness('a')).toBe('stopped')
    expect(await ns.types()).toEqual(['coordinator.registered', 'coordinator.stopped'])
    expect(await server.client().zscore(ns.keys.beats, 'a')).toBeNull()
  })

  it('tells the log of a new phase or iteration, and of nothing where nothing changed', async () => {
    const one = life('a', { heartbeatInterval: 60_000 })
    await one.recordActivity('loop-3', 1)
    await one.recordActivity('loop-3', 1)
    await one.recordActivity('loop-2', 1)
    await one.recordActivity('', 2, 'wrote the tests')
    expect((await ns.events()).slice(1).map((it) => it.data)).toEqual([
      { phase: 'loop-3', iteration: 1 },
      { phase: 'loop-2', iteration: 1 },
      { iteration: 2, action: 'wrote the tests' },
    ])
  })

  it('registers again where Redis went back to an earlier life of its id', async () => {
    const one = life('a')
    const { epoch, instance } = await one.ensure()
    await server
      .client()
      .hset(ns.keys.coordinator('a'), 'epoch', epoch - 1000, 'instance', 'earlier')
    await one.recordActivity('on', 1)
    expect(one.fenced).toBeUndefined()
    const record = await ns.record('a')
    expect(record).toMatchObject({ instance, liveness: 'active', phase: 'on' })
    expect(Number(record.epoch)).toBeGreaterThan(epoch)
  })

  it('takes over a new threshold of the namespace with its next beat', async () => {
    const one = life('a', { timeoutThreshold: undefined, heartbeatInterval: undefined })
    await one.ensure()
    expect(one.heartbeatIntervalMs).toBe(5000)
    const own = life('b', { timeoutThreshold: 400 })
    await own.ensure()
    await setNamespaceThreshold(ns.runner(), 1000)
    await one.recordActivity('x')
    expect(one.heartbeatIntervalMs).toBe(100)
    expect((await ns.record('b')).seenThreshold).toBe('400')
    expect(await server.client().zscore(ns.keys.deadlines, 'coordinator:a')).toBe(
      String(Number((await ns.record('a')).lastBeat) + 500),
    )
    expect(await ns.record('a')).toMatchObject({ seenThreshold: '1000', heartbeat: '100' })
  })

  itRestarts('goes on beating after an outage, with nobody looking', async () => {
    const one = life('a')
    await one.ensure()
    server.pause()
    const failed = new Promise((resolve) => one.once('beat', resolve))
    await new Promise((resolve) => setTimeout(resolve, 100))
    server.resume()
    await failed
    await until(async () => (await ns.liveness('a')) === 'active')
  })
})
