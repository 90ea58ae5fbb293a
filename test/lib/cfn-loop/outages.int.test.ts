import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { itRestarts } from '../../labs/core-redis'
import { until } from '../../until'
import { boxOfThisFile } from './box-of-this-file'
import { testNamespace } from './namespace'
import type { SignalsHarness } from './signals-harness'

const { server, box, redis, ns } = await boxOfThisFile({ appendOnly: true, appendFsync: 'always' })

type LifeOptions = Parameters<SignalsHarness['life']>[1]
const createLife = (id: string, options: LifeOptions = {}) =>
  box.life(id, { timeoutThreshold: 400, ...options }).life

/** With a connection of its own, as in a process of its own. */
const createLifeElsewhere = (id: string, options: LifeOptions) =>
  createLife(id, { runner: testNamespace(server.client()).runner(id), ...options })

/** Each of them has beaten after the last grace period: whoever lived through the outage lives on. */
async function untilAllBeatAgain(ids: string[]) {
  const last = async (type: string) => (await ns.events()).findLast((it) => it.type === type)
  await until(async () => (await last('monitor.grace_ended')) !== undefined)
  const after = (await last('monitor.grace_ended'))?.at ?? 0
  for (const id of ids) await until(async () => Number((await ns.record(id)).lastBeat) > after)
}

describe('an outage', () => {
  itRestarts('of Redis that hangs kills nobody', async () => {
    const ids = Array.from({ length: 20 }, (_, i) => `c-${i}`)
    for (const id of ids) await createLifeElsewhere(id, { timeoutThreshold: 1000 }).ensure()
    const { told } = await box.monitors(3)
    server.pause()
    await sleep(2000)
    server.resume()
    await untilAllBeatAgain(ids)
    expect(told.flatMap((it) => it.timeouts)).toEqual([])
    expect(await ns.types()).not.toContain('coordinator.timed_out')
    for (const id of ids) expect(await ns.liveness(id)).toBe('active')
  })

  itRestarts(
    'of Redis that is gone and comes back kills nobody, and the really dead are found afterwards',
    async () => {
      const ids = Array.from({ length: 10 }, (_, i) => `c-${i}`)
      for (const id of ids) await createLifeElsewhere(id, { timeoutThreshold: 1000 }).ensure()
      const { told } = await box.monitors(2)
      await box.leaveBehind(['gone'], 1000)
      await server.kill9()
      await sleep(1500)
      await server.restart()
      await until(() => told.every((it) => it.timeouts.length > 0))
      await untilAllBeatAgain(ids)
      const events = await ns.events()
      const deaths = events.filter((it) => it.type === 'coordinator.timed_out')
      expect(deaths.map((it) => it.entity)).toEqual(['coordinator:gone'])
      const grace = events.filter((it) => it.type === 'monitor.grace_started')
      expect(grace.some((it) => it.data.cause === 'restart')).toBe(true)
      for (const id of ids) expect(await ns.liveness(id)).toBe('active')
    },
  )

  itRestarts(
    'that is longer than connections and circuit breakers hold out kills nobody',
    async () => {
      const managers = ['a', 'b', 'c'].map((id) =>
        box.manager(id, { redisClient: server.client(), timeoutThreshold: 1000 }),
      )
      for (const manager of managers) await manager.recordActivity('x')
      await box.monitors(2)
      await server.shutdown()
      await until(() => managers.every((it) => it.breaker.getState().state === 'open'))
      await sleep(1500)
      await server.restart()
      await until(() => managers.every((it) => it.breaker.getState().state === 'closed'))
      await untilAllBeatAgain(managers.map((it) => it.coordinatorId))
      expect(await ns.types()).not.toContain('coordinator.timed_out')
      for (const manager of managers) {
        expect(await ns.liveness(manager.coordinatorId)).toBe('active')
      }
    },
  )

  it('of all monitors kills nobody when one is back: first everyone has time to beat', async () => {
    await box.leaveBehind(['a', 'b'], 200)
    await box.sweep(50)
    await sleep(400)
    const back = await box.sweep(50)
    expect(back.graceUntil).toBeGreaterThan(back.at)
    expect(await ns.types()).not.toContain('coordinator.timed_out')
    expect((await ns.events()).at(-1)).toMatchObject({
      type: 'monitor.grace_started',
      data: { cause: 'gap' },
    })
  })

  it('of nobody: in a namespace without a living coordinator there is nothing to be unsure of', async () => {
    await box.sweep(50)
    await sleep(200)
    await box.sweep(50)
    expect(await ns.types()).toEqual([])
  })

  it("is what a jump of Redis' clock looks like; a beat of the future counts as one of now", async () => {
    await box.leaveBehind(['a'], 1000)
    const monitor = box.monitor(60_000)
    await monitor.sweep()
    // As if the clock had been ten minutes ahead until now.
    const ahead = Date.now() + 600_000
    await redis.hset(ns.keys.monitor, 'lastSweepAt', ahead)
    await redis.hset(ns.keys.coordinator('a'), 'lastBeat', ahead)
    await redis.zadd(ns.keys.beats, ahead, 'a')
    await redis.zadd(ns.keys.deadlines, 1, 'coordinator:a')
    await monitor.sweep()
    expect((await ns.events()).at(-1)).toMatchObject({
      type: 'monitor.grace_started',
      data: { cause: 'clock' },
    })
    expect(Number((await ns.record('a')).lastBeat)).toBeLessThan(ahead)
    expect(await ns.liveness('a')).toBe('active')
  })
})
