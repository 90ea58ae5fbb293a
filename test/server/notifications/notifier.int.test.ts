import type { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { CoordinatorTimeoutHandler } from '@/lib/cfn-loop/coordinator-timeout-handler'
import { publishBreaker } from '@/lib/cfn-loop/publish-breaker'
import { createWebhookStore, type WebhookStore } from '@/lib/notifications/webhook-store'
import { type WebhookBody, type WebhookSubject, webhookBodySchema } from '@/lib/protocol/webhooks'
import { serverKeys } from '@/lib/redis/keys'
import { boardMoment } from '@/server/notifications/board-moment'
import { startNotifier } from '@/server/notifications/start-notifier'
import { testNamespace } from '@/test/lib/cfn-loop/namespace'
import { type Receiver, startReceiver } from '@/test/lib/notifications/receiver'
import { startTestRedis, type TestRedis } from '@/test/redis'
import { startProjection } from '@/test/server/projection/projection-harness'
import { until } from '@/test/until'

let server: TestRedis
let redis: Redis
let receiver: Receiver
let webhooks: WebhookStore
const closers: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  server = await startTestRedis()
  redis = server.client()
  receiver = await startReceiver()
  webhooks = createWebhookStore(redis)
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
  await receiver.stop()
  await server.stop()
})

/** A server, as far as it tells of trouble: its own board, its own connection. */
async function startServer(delaysMs = [30, 60]) {
  const board = await startProjection(server, testNamespace(redis).keys)
  const notifier = startNotifier({
    redis: server.client(),
    prefix: testNamespace(redis).keys.prefix,
    namespace: '',
    url: () => 'http://box.example',
    moment: () => boardMoment(board.projection),
    rules: { allowed: ['127.0.0.1'] },
    now: () => board.projection.serverNow(),
    log: pino({ level: 'silent' }),
    lookMs: 20,
    delaysMs,
  })
  const close = async () => {
    await notifier.close()
    await board.close()
  }
  closers.push(close)
  return close
}

/** Monitors notice whoever falls silent. */
function watch() {
  const handler = new CoordinatorTimeoutHandler({ redisClient: server.client(), checkInterval: 40 })
  handler.startMonitoring()
  closers.push(async () => handler.stopMonitoring())
}

const told = (): WebhookBody[] =>
  receiver.received.map((it) => webhookBodySchema.parse(JSON.parse(it.body)))
const titles = () => told().flatMap((it) => it.entries.map((entry) => entry.title))

const hook = (about: WebhookSubject[], name = 'pager') =>
  webhooks.add({ name, url: `http://127.0.0.1:${receiver.port}/x`, about }, 'ada')

/** Registered, and never heard of again. */
async function fallSilent(...ids: string[]) {
  for (const coordinatorId of ids) {
    const life = testNamespace(redis).life(coordinatorId, {
      timeoutThreshold: 300,
      heartbeatInterval: 3_600_000,
    })
    await life.ensure()
  }
}

const waiting = () => redis.zcard(serverKeys.deliveries)
const attempts = async () => (await webhooks.shown())[0]?.attempts ?? []

describe('of several servers', () => {
  it('one tells, once, whoever died', async () => {
    await hook(['deaths'])
    await Promise.all([startServer(), startServer(), startServer()])
    watch()
    await fallSilent('a')
    await until(() => receiver.received.length > 0)
    await fallSilent('b')
    await until(() => titles().includes('b is dead'))
    // Whoever comes later finds it told.
    await startServer()
    await until(async () => (await waiting()) === 0)
    expect(titles()).toEqual(['a is dead', 'b is dead'])
    const [first] = told()
    expect(first).toMatchObject({ kind: 'attention', url: 'http://box.example/attention', more: 0 })
    expect(first?.entries[0]).toMatchObject({ kind: 'dead', coordinators: ['a'] })
    expect(await attempts()).toMatchObject([
      { outcome: 'delivered', attempt: 1, subject: 'b is dead', status: 204 },
      { outcome: 'delivered', attempt: 1, subject: 'a is dead', status: 204 },
    ])
  })

  it('another goes on where one ended', async () => {
    receiver.answer = { status: 503 }
    await hook(['deaths'])
    const end = await startServer([300, 300, 300, 300, 300])
    watch()
    await fallSilent('a')
    await until(() => receiver.received.length === 1)
    await end()
    closers.splice(closers.indexOf(end), 1)
    receiver.answer = { status: 200 }
    await startServer()
    await until(async () => (await waiting()) === 0)
    const deliveries = receiver.received.map((it) => it.headers['x-signalbox-delivery'])
    expect(new Set(deliveries).size).toBe(1)
    expect(receiver.received.map((it) => it.headers['x-signalbox-attempt'])).toEqual(['1', '2'])
  })
})

describe('a delivery', () => {
  it('is tried again a few times, and then no more', async () => {
    receiver.answer = { status: 500 }
    await hook(['deaths'])
    await startServer([20, 40])
    watch()
    await fallSilent('a')
    await until(async () => (await attempts()).some((it) => it.outcome === 'failed'))
    expect(receiver.received).toHaveLength(3)
    expect(await waiting()).toBe(0)
    expect(await redis.keys('{signalbox}:delivery:*')).toEqual([])
    const [last, second, first] = await attempts()
    expect([first?.outcome, second?.outcome, last?.outcome]).toEqual([
      'retried',
      'retried',
      'failed',
    ])
    expect([first?.nextAt !== undefined, last?.nextAt]).toEqual([true, undefined])
    expect(last?.error).toBe('it answered 500')
  })

  it('whose record is damaged is noted as failed, and holds up no other', async () => {
    const { id } = await hook(['deaths'])
    const { deliveries, delivery } = serverKeys
    await redis.hset(delivery('damaged'), { webhook: id, at: 1, subject: 'x', entries: '[{' })
    await redis.zadd(deliveries, 1, 'damaged')
    await startServer()
    watch()
    await fallSilent('a')
    await until(async () => (await attempts()).length === 2)
    expect(await attempts()).toMatchObject([
      { outcome: 'delivered', subject: 'a is dead' },
      { outcome: 'failed', deliveryId: 'damaged', error: 'its record in Redis is damaged' },
    ])
    expect(await waiting()).toBe(0)
    expect(await redis.exists(delivery('damaged'))).toBe(0)
  })

  it('to a webhook that was removed is never sent', async () => {
    receiver.answer = { status: 500 }
    const { id } = await hook(['deaths'])
    await hook(['breakers'], 'other')
    await startServer([200, 200])
    watch()
    await fallSilent('a')
    await until(() => receiver.received.length === 1)
    await webhooks.remove(id)
    await until(async () => (await waiting()) === 0)
    expect(receiver.received).toHaveLength(1)
    expect(await redis.exists(serverKeys.webhookLog(id))).toBe(0)
  })
})

describe('a webhook', () => {
  it('is told of what it was made for, and of nothing that was there before', async () => {
    watch()
    await fallSilent('early')
    await until(async () => (await testNamespace(redis).liveness('early')) === 'dead')
    await startServer()
    await hook(['deaths'])
    await hook(['breakers'], 'quiet')
    await fallSilent('late')
    await until(() => titles().includes('late is dead'))
    expect(titles()).toEqual(['late is dead'])
  })

  it('is known to every server at once, which read them when one is made or removed and not before', async () => {
    await Promise.all([startServer(), startServer()])
    // Every command counts as a slow one, so that Redis keeps them all.
    await redis.config('SET', 'slowlog-log-slower-than', 0, 'slowlog-max-len', 100_000)
    const reads = async () => {
      const log = (await redis.slowlog('GET', -1)) as [number, number, number, string[]][]
      return log.filter(([, , , [name, key]]) => name === 'hgetall' && key === serverKeys.webhooks)
        .length
    }
    const { id } = await hook(['deaths'])
    // Each of the two hears of it.
    await until(async () => (await reads()) >= 2)
    watch()
    await fallSilent('a')
    await until(() => titles().includes('a is dead'))
    // A death takes longer than a dozen looks.
    expect(await reads()).toBeLessThanOrEqual(6)
    await redis.slowlog('RESET')
    await webhooks.remove(id)
    await until(async () => (await reads()) === 2)
    await fallSilent('b')
    await until(async () => (await testNamespace(redis).liveness('b')) === 'dead')
    expect(titles()).toEqual(['a is dead'])
    expect(await reads()).toBe(2)
  })

  it('is told of a breaker that opens once, however often it probes', async () => {
    await hook(['breakers'])
    await startServer()
    const manager = new BlockingCoordinationManager({
      redisClient: server.client(),
      coordinatorId: 'a',
      hmacSecret: 'a secret of more than thirty-two bytes',
    })
    closers.push(() => manager.cleanup())
    await manager.recordActivity('x', 1)
    const breaker = new CircuitBreaker({
      name: 'payments',
      threshold: 1,
      maxAttempts: 1,
      cooldownMs: 60,
    })
    const stop = publishBreaker(breaker, manager)
    const fail = () => breaker.execute(() => Promise.reject(new Error('down'))).catch(() => {})
    for (let probes = 0; probes < 4; probes++) {
      await fail()
      await new Promise((resolve) => setTimeout(resolve, breaker.getState().cooldownRemaining + 5))
    }
    await until(() => receiver.received.length > 0)
    stop()
    expect(titles()).toEqual(['Breaker payments is open'])
  })

  it('is told of many at once in one word', async () => {
    await hook(['attention'])
    await startServer()
    await fallSilent(...Array.from({ length: 40 }, (_, i) => `c-${i}`))
    watch()
    await until(() =>
      titles().some((it) => /died together|(Host|Process) .* is gone|40 coord/.test(it)),
    )
    await until(async () => (await waiting()) === 0)
    // Late, then dead: a few words, whatever the number.
    expect(receiver.received.length).toBeLessThan(12)
  })
})
