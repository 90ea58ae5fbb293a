import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { publishBreaker } from '@/lib/cfn-loop/publish-breaker'
import { setBreakerState } from '@/lib/commands/set-breaker-state'
import type { BoxEvent } from '@/lib/protocol/events'
import { parseBreaker } from '@/lib/redis/records/breaker-record'
import { createScriptRunner } from '@/lib/redis/run-script'
import { applyEvents } from '@/lib/view/reduce'
import { emptyView } from '@/lib/view/view'
import { type CoreRedis, itRestarts, startCoreRedis } from '../../labs/core-redis'
import { until } from '../../until'
import { type SignalsHarness, signalsHarness } from './signals-harness'

let server: CoreRedis
let harness: SignalsHarness

beforeAll(async () => {
  server = await startCoreRedis({ appendOnly: true })
})
afterAll(() => server.stop())
afterEach(async () => {
  await harness.endAll()
  await server.flush()
})

const events = async () => {
  const all = await harness.ns.events()
  return all.filter((it): it is BoxEvent => it.type.startsWith('breaker.'))
}
const record = async (owner: string, name: string) => {
  const parsed = parseBreaker(await harness.redis.hgetall(harness.ns.keys.breaker(owner, name)))
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.value
}
const fails = () => Promise.reject(new Error('gateway is down'))

describe('a published breaker', () => {
  it('stands on the board closed from the start, the manager’s own around Redis by itself', async () => {
    harness = signalsHarness(server)
    await harness.manager('coordinator-1').recordActivity('working')
    await until(async () => (await events()).length === 1)
    expect(await record('coordinator-1', 'redis')).toMatchObject({ state: 'closed', failures: 0 })
  })

  it('tells each change, and its record is the fold of its events', async () => {
    harness = signalsHarness(server)
    const manager = harness.manager('coordinator-1')
    await manager.recordActivity('working')
    const breaker = new CircuitBreaker({
      name: 'gateway',
      maxAttempts: 1,
      threshold: 2,
      cooldownMs: 0,
    })
    publishBreaker(breaker, manager)
    await expect(breaker.execute(fails)).rejects.toThrow('gateway is down')
    await expect(breaker.execute(fails)).rejects.toThrow('gateway is down')
    await until(async () => (await record('coordinator-1', 'gateway')).state === 'open')
    expect(await record('coordinator-1', 'gateway')).toMatchObject({
      failures: 2,
      lastError: 'gateway is down',
    })
    await breaker.execute(() => 'well again')
    await until(async () => (await record('coordinator-1', 'gateway')).state === 'closed')

    const told = await events()
    const mine = told
      .filter((it) => it.entity === 'breaker:coordinator-1:gateway')
      .map((it) => it.type)
    expect(mine).toContain('breaker.opened')
    expect(mine.at(-1)).toBe('breaker.closed')
    // From the second publication on, it says since when its calls are counted: from the one before.
    const published = told.filter((it) => it.entity === 'breaker:coordinator-1:gateway')
    const [first, second] = published
    expect(first?.data).not.toHaveProperty('countedFrom')
    expect(second?.data).toHaveProperty('countedFrom', first?.at)
    const view = applyEvents(emptyView(''), told)
    const kept = await record('coordinator-1', 'gateway')
    expect(view.breakers.get('coordinator-1:gateway')).toEqual(kept)
    expect(kept.transitions.map((it) => it.state)).toEqual([
      'closed',
      'open',
      'half-open',
      'closed',
    ])
  })

  itRestarts('tells after an outage of Redis that it was open, and when', async () => {
    harness = signalsHarness(server)
    const manager = harness.manager('coordinator-1', {
      timeoutThreshold: 2000,
      heartbeatInterval: 100,
    })
    await manager.recordActivity('working')
    await until(async () => (await events()).length === 1)
    await server.shutdown()
    await until(() => manager.breaker.getState().state === 'open')
    await server.restart()
    await until(async () => (await events()).some((it) => it.type === 'breaker.opened'))
    await until(async () => (await record('coordinator-1', 'redis')).state === 'closed')
    const opened = (await events()).find((it) => it.type === 'breaker.opened')
    expect(opened?.type === 'breaker.opened' && opened.data.since).toBeLessThan(opened?.at ?? 0)
  })

  it('obeys an operator at the next beat, and says so', async () => {
    harness = signalsHarness(server)
    const manager = harness.manager('coordinator-1', { heartbeatInterval: 50 })
    await manager.recordActivity('working')
    const breaker = new CircuitBreaker({ name: 'gateway' })
    publishBreaker(breaker, manager)
    await until(
      async () =>
        (await harness.redis.exists(harness.ns.keys.breaker('coordinator-1', 'gateway'))) === 1,
    )

    const scripts = createScriptRunner(harness.redis, harness.ns.keys, 'operator:ada')
    const who = { user: 'ada', role: 'operator' as const }
    const context = { who, actor: 'operator:ada', scripts, requestId: 'request-1' }
    const input = {
      owner: 'coordinator-1',
      name: 'gateway',
      state: 'open' as const,
      reason: 'spare the gateway',
    }
    await setBreakerState.carryOut(input, context)

    await until(() => breaker.getState().state === 'open')
    await until(
      async () => (await record('coordinator-1', 'gateway')).forced?.obeyedAt !== undefined,
    )
    expect(await record('coordinator-1', 'gateway')).toMatchObject({
      state: 'open',
      forced: { state: 'open', by: 'ada', reason: 'spare the gateway' },
    })
    const view = applyEvents(emptyView(''), await events())
    expect(view.breakers.get('coordinator-1:gateway')).toEqual(
      await record('coordinator-1', 'gateway'),
    )
    await expect(setBreakerState.carryOut({ ...input, name: 'nobody' }, context)).rejects.toThrow(
      'has published no breaker nobody',
    )
  })
})
