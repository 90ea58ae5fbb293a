import type { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { newServerName, publishServerBreaker } from '@/server/monitor/publish-server-breaker'
import { type TestNamespace, testNamespace } from '@/test/lib/cfn-loop/namespace'
import { startTestRedis, type TestRedis } from '@/test/redis'
import { startProjection } from '@/test/server/projection/projection-harness'
import { until } from '@/test/until'

let server: TestRedis
let redis: Redis
let ns: TestNamespace
const closers: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  server = await startTestRedis()
  redis = server.client()
  ns = testNamespace(redis)
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
  await server.stop()
})

async function startServer(owner = newServerName()) {
  const { projection, close } = await startProjection(server, ns.keys)
  closers.push(close)
  const breaker = new CircuitBreaker({ name: 'redis', threshold: 1, maxAttempts: 1 })
  const shown = publishServerBreaker({
    owner,
    breaker,
    scripts: ns.runner(owner),
    redis,
    projection,
    presentMs: 40,
    goneMs: 200,
  })
  closers.push(shown.close)
  const owners = () => [...projection.view().breakers.values()].map((it) => it.owner).sort()
  return { owner, breaker, projection, owners, close: shown.close }
}

const force = (owner: string, state: 'open' | 'closed') =>
  ns
    .runner('operator:ann')
    .run(
      'forceBreaker',
      [ns.keys.breaker(owner, 'redis'), ns.keys.events, ns.keys.coordinator(owner)],
      [owner, 'redis', state, 'a try'],
    )

describe('the breakers of several control rooms', () => {
  it('stand side by side under names of their own', async () => {
    const [a, b] = [await startServer(), await startServer()]
    expect(a.owner).toMatch(/^server-[0-9a-z]{6}$/)
    await until(() => a.owners().length === 2 && b.owners().length === 2)
    expect(a.owners()).toEqual([a.owner, b.owner].sort())
    await a.breaker.execute(() => Promise.reject(new Error('no Redis'))).catch(() => {})
    const state = (owner: string) => b.projection.view().breakers.get(`${owner}:redis`)?.state
    await until(() => state(a.owner) === 'open')
    expect(state(b.owner)).toBe('closed')
  })

  it('are forced one by one, and obey as soon as the log tells it', async () => {
    const [a, b] = [await startServer(), await startServer()]
    await until(() => a.owners().length === 2)
    await force(a.owner, 'open')
    await until(() => a.breaker.getState().state === 'open')
    await until(
      () => b.projection.view().breakers.get(`${a.owner}:redis`)?.forced?.obeyedAt !== undefined,
    )
    expect(b.breaker.getState().state).toBe('closed')
  })

  it('go with their owners: with one that ends, and with one that is never heard of again', async () => {
    const [a, b] = [await startServer(), await startServer()]
    await until(() => a.owners().length === 2)
    await b.close()
    closers.splice(closers.indexOf(b.close), 1)
    await until(() => a.owners().length === 1)

    // One that was killed: its breaker is there, and nothing says that it runs.
    const publish = (owner: string) =>
      ns
        .runner(owner)
        .run(
          'publishBreaker',
          [
            ns.keys.breaker(owner, 'redis'),
            ns.keys.events,
            ns.keys.breakers,
            ns.keys.coordinator(owner),
          ],
          [owner, '', '', 'redis', 'p', 0, '[]', 'closed', 0, '', '', 0, 0, ''],
        )
    await publish('server-killed')
    await publish('server')
    const gone = async () => (await ns.events()).filter((it) => it.type === 'breaker.retired')
    await until(async () => (await gone()).length >= 3)
    const retired = await gone()
    await until(() => a.owners().length === 1 && a.owners()[0] === a.owner)
    expect(retired.map((it) => it.data.owner).sort()).toEqual(
      [b.owner, 'server', 'server-killed'].sort(),
    )
    expect(await redis.smembers(ns.keys.breakers)).toEqual([`${a.owner}:redis`])
  })

  it('are never taken for those of a coordinator that is named like one', async () => {
    const life = ns.life('server-abc123', { timeoutThreshold: 60_000 })
    await life.ensure()
    closers.push(() => life.stop())
    const a = await startServer()
    await life.write(
      'publishBreaker',
      [
        ns.keys.breaker('server-abc123', 'redis'),
        ns.keys.events,
        ns.keys.breakers,
        ns.keys.coordinator('server-abc123'),
      ],
      ['redis', 'p', 0, '[]', 'closed', 0, '', '', 0, 0, ''],
      'publishBreaker',
    )
    await until(() => a.owners().length === 2)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(await redis.exists(ns.keys.breaker('server-abc123', 'redis'))).toBe(1)
  })

  it('come back when somebody took them away too early', async () => {
    const a = await startServer()
    await until(() => a.owners().length === 1)
    await ns
      .runner('server-other')
      .run(
        'retireBreaker',
        [
          ns.keys.breaker(a.owner, 'redis'),
          ns.keys.events,
          ns.keys.breakers,
          ns.keys.coordinator(a.owner),
        ],
        [a.owner, 'redis'],
      )
    await until(async () => (await ns.types()).at(-1) === 'breaker.closed')
    await until(() => a.owners().length === 1)
  })
})
