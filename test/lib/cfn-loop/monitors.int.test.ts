import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { isFencedError } from '@/lib/redis/errors'
import { until } from '../../until'
import { boxOfThisFile } from './box-of-this-file'
import { NEVER, type SignalsHarness } from './signals-harness'

const { server, box, redis, ns } = await boxOfThisFile({ appendOnly: true, appendFsync: 'always' })

type LifeOptions = Parameters<SignalsHarness['life']>[1]
const createLife = (id: string, options: LifeOptions = {}) =>
  box.life(id, { timeoutThreshold: 400, ...options }).life

describe.each([
  [2, 1],
  [2, 200],
  [10, 1],
  [10, 200],
])('%i monitors, %i deaths', (monitors, deaths) => {
  it('claim each death once, replace each once, and tell every listener of each once', async () => {
    const ids = Array.from({ length: deaths }, (_, i) => `c-${i}`)
    const living = createLife('living', { timeoutThreshold: 10_000 })
    await living.ensure()
    const { told, untilLooked } = await box.monitors(monitors, { autoEscalate: true })
    await box.leaveBehind(ids, 400)
    await until(() =>
      told.every((it) => it.timeouts.length >= deaths && it.escalations.length >= deaths),
    )
    // Whoever would hear of one twice has looked again by now.
    await untilLooked(2)

    const events = await ns.events()
    const deathsOf = events.filter((it) => it.type === 'coordinator.timed_out')
    const escalationsOf = events.filter((it) => it.type === 'coordinator.escalated')
    expect(deathsOf.map((it) => it.entity).sort()).toEqual(
      ids.map((id) => `coordinator:${id}`).sort(),
    )
    expect(new Set(escalationsOf.map((it) => it.entity)).size).toBe(deaths)
    expect(escalationsOf).toHaveLength(deaths)
    expect(await redis.xlen(ns.keys.spawn)).toBe(deaths)
    for (const it of told) {
      expect(new Set(it.timeouts.map((event) => event.coordinatorId)).size).toBe(deaths)
      expect(it.timeouts).toHaveLength(deaths)
      expect(it.escalations).toHaveLength(deaths)
    }
    for (const id of ids) {
      const timeouts = told.flatMap((it) => it.timeouts.filter((e) => e.coordinatorId === id))
      const escalations = told.flatMap((it) =>
        it.escalations.filter((e) => e.deadCoordinatorId === id),
      )
      expect(timeouts.filter((it) => it.claimed)).toHaveLength(1)
      expect(escalations.filter((it) => it.claimed)).toHaveLength(1)
      expect(new Set(escalations.map((it) => it.newCoordinatorId)).size).toBe(1)
    }
    expect(await ns.liveness('living')).toBe('active')
  })
})

describe('who was stopped and goes on after it was replaced', () => {
  it('is refused in all that it still sends; every refusal is counted and in the log', async () => {
    const life = createLife('a')
    await life.ensure()
    const who = life.incarnation
    if (!who) throw new Error('not registered')
    await box.escalate('a')
    // The heart stops at its first refusal; what the program itself sends is refused one by one.
    await until(() => life.fenced !== undefined)
    let refused = 0
    for (let i = 0; i < 10; i++) {
      await life.recordActivity('late').catch((error: unknown) => {
        if (isFencedError(error)) refused++
      })
    }
    expect(refused).toBe(10)
    const record = await ns.record('a')
    expect(record.refused).toBe('11')
    expect(record.liveness).toBe('escalated')
    expect(record.phase).toBeUndefined()
    const events = (await ns.events()).filter((it) => it.type === 'coordinator.write_refused')
    expect(events).toHaveLength(11)
    expect(events.every((it) => it.data.epoch === who.epoch)).toBe(true)
  })
})

describe('an incarnation', () => {
  it('never repeats, though Redis lost what it had written last', async () => {
    const seen = new Set<string>()
    for (let round = 0; round < 5; round++) {
      const life = createLife('a', { heartbeatInterval: NEVER })
      const { epoch, instance } = await life.ensure()
      seen.add(`${epoch} ${instance}`)
      // As after a failover that lost the last writes: the record of this life never was.
      await redis.del(ns.keys.coordinator('a'))
      await life.recordActivity('still here')
      const again = life.incarnation
      seen.add(`${again?.epoch} ${again?.instance}`)
      if (round % 2) await server.flush()
    }
    expect(seen.size).toBe(10)
  })

  it('has a newer epoch than the last one even where the clock has not moved on', async () => {
    await redis.hset(ns.keys.coordinator('a'), { epoch: 9_999_999_999_999, liveness: 'stopped' })
    const { epoch } = await createLife('a').ensure()
    expect(epoch).toBe(10_000_000_000_000)
  })
})

describe('a sweep', () => {
  it('is not held up by a damaged record: that one is told, and looked at again later', async () => {
    await box.sweep()
    await box.leaveBehind(['good'], 200)
    await redis.set(ns.keys.coordinator('damaged'), 'not a hash')
    await redis.zadd(ns.keys.deadlines, 1, 'coordinator:damaged', 2, 'no-kind-that-is-known:x')
    await box.sweep()
    await sleep(250)
    const found = await box.sweep()
    expect(await ns.liveness('good')).toBe('dead')
    expect(await redis.zscore(ns.keys.deadlines, 'no-kind-that-is-known:x')).toBeNull()
    expect(Number(await redis.zscore(ns.keys.deadlines, 'coordinator:damaged'))).toBeGreaterThan(
      found.at,
    )
  })

  it('is refused in a namespace of another schema', async () => {
    await redis.hset(ns.keys.settings, 'schema', '2')
    await expect(box.sweep()).rejects.toThrow('schema version 2')
    await expect(createLife('a').ensure()).rejects.toThrow('schema version 2')
  })

  it('forgets those who ended long ago, but not what they still hold', async () => {
    for (const life of await box.leaveBehind(['a', 'b'], 400)) await life.stop()
    await redis.hset(ns.keys.work('b'), 'w', '{"storedAt":1,"data":1}')
    await redis.zadd(ns.keys.deadlines, 1, 'coordinator:a', 1, 'coordinator:b')
    await box.sweep()
    expect(await redis.smembers(ns.keys.coordinators)).toEqual(['b'])
    expect((await ns.events()).at(-1)).toMatchObject({
      type: 'coordinator.forgotten',
      entity: 'coordinator:a',
    })
  })

  it('shows a wait as lost whose waiter is gone', async () => {
    const life = createLife('a', { heartbeatInterval: NEVER, timeoutThreshold: 60_000 })
    await life.write(
      'beginWait',
      [ns.keys.coordinator('a'), ns.keys.events, ns.keys.deadlines],
      ['w-1', 'acks', '["b"]', 's-1', '', 300, 1000],
      'wait',
    )
    await redis.zadd(ns.keys.deadlines, 1, 'wait:a:w-1')
    await box.sweep()
    expect((await ns.events()).at(-1)).toMatchObject({
      type: 'coordinator.unblocked',
      data: { waitId: 'w-1', outcome: 'lost' },
    })
    expect((await ns.record('a'))['w:w-1']).toBeUndefined()
  })
})
