import type { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sendSignal } from '@/lib/cfn-loop/send-signal'
import { namespaceKeys } from '@/lib/redis/keys'
import { createScriptRunner, type ScriptRunner } from '@/lib/redis/run-script'
import { startTestRedis, type TestRedis } from '../../redis'

let server: TestRedis
let redis: Redis
let runner: ScriptRunner
const keys = namespaceKeys()

beforeAll(async () => {
  server = await startTestRedis()
  redis = server.client()
})
afterAll(() => server.stop())
beforeEach(async () => {
  await redis.flushall()
  await redis.config('RESETSTAT')
  runner = createScriptRunner(redis, keys, 'sender')
})

const send = (target: string, iteration: number, by = runner) =>
  sendSignal(by, {
    source: 'sender',
    receiver: target,
    targets: [target],
    type: 'completion',
    iteration,
    payload: { json: '', bytes: 0 },
    ttlMs: 60_000,
    idempotency: 'none',
  })

async function scriptCalls(): Promise<number> {
  const stats = await redis.info('commandstats')
  const count = (name: string) =>
    Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(stats)?.[1] ?? 0)
  return count('eval') + count('evalsha')
}

describe('calls of one turn of the event loop', () => {
  it('are one script call, and each has its own answer', async () => {
    const sent = await Promise.all(Array.from({ length: 20 }, (_, n) => send('receiver', n)))
    expect(await scriptCalls()).toBe(1)
    expect(new Set(sent.map((it) => it.signalId)).size).toBe(20)
    for (const [n, { signalId }] of sent.entries()) {
      expect(signalId).toMatch(new RegExp(`^sender:receiver:completion:${n}:`))
    }
    expect(await redis.xlen(keys.inbox('receiver'))).toBe(20)
  })

  it('are more script calls where they would hold Redis up for long', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, n) => send('receiver', n)))
    expect(await scriptCalls()).toBe(4)
    expect(await redis.xlen(keys.inbox('receiver'))).toBe(200)
  })

  it('never share an id, however alike', async () => {
    const sent = await Promise.all(Array.from({ length: 50 }, () => send('receiver', 1)))
    expect(new Set(sent.map((it) => it.signalId)).size).toBe(50)
    expect(await redis.zcard(keys.signals)).toBe(50)
  })

  it('fail one by one: a broken key of one receiver harms no other', async () => {
    await redis.set(keys.inbox('broken'), 'not an inbox')
    const sent = await Promise.allSettled([send('a', 1), send('broken', 1), send('b', 1)])
    expect(sent.map((it) => it.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(sent[1]).toMatchObject({ reason: { name: 'ReplyError' } })
    expect(String((sent[1] as PromiseRejectedResult).reason)).toMatch(/WRONGTYPE/)
    expect(await redis.xlen(keys.inbox('a'))).toBe(1)
    expect(await redis.xlen(keys.inbox('b'))).toBe(1)
  })

  it('name in the log each its own actor', async () => {
    const operator = createScriptRunner(redis, keys, 'operator:ann')
    await Promise.all([send('a', 1), send('b', 1, operator)])
    expect(await scriptCalls()).toBe(1)
    const log = await redis.xrange(keys.events, '-', '+')
    const actors = log.map(([, [, json = '']]) => (JSON.parse(json) as { actor: string }).actor)
    expect(actors).toEqual(['sender', 'operator:ann'])
  })

  it('of two namespaces stay apart', async () => {
    const elsewhere = createScriptRunner(redis, namespaceKeys('elsewhere'), 'sender')
    await Promise.all([send('a', 1), send('a', 1, elsewhere)])
    expect(await redis.xlen(keys.inbox('a'))).toBe(1)
    expect(await redis.xlen(elsewhere.keys.inbox('a'))).toBe(1)
  })

  it('all fail with the connection', async () => {
    const lost = server.client({ maxRetriesPerRequest: 0 })
    await lost.ping()
    const by = createScriptRunner(lost, keys, 'sender')
    lost.disconnect()
    const sent = await Promise.allSettled([send('a', 1, by), send('b', 1, by)])
    expect(sent.map((it) => it.status)).toEqual(['rejected', 'rejected'])
  })
})
