import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createRedisBreaker } from '@/lib/cfn-loop/redis-breaker'
import { RedisClock } from '@/server/projection/redis-clock'
import { RedisHealth } from '@/server/projection/redis-health'
import { startTestRedis, type TestRedis } from '../../redis'

let server: TestRedis
beforeAll(async () => {
  server = await startTestRedis()
})
afterAll(() => server.stop())

test('asks nothing more once it is closed, also not after the question that was on its way', async () => {
  const redis = server.client()
  await redis.ping()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    let answer: (() => void) | undefined
    const also = () => new Promise<void>((resolve) => (answer = resolve))
    const breaker = createRedisBreaker({ timeoutMs: 1000 })
    const health = new RedisHealth(redis, breaker, new RedisClock(), also)
    health.start()
    vi.advanceTimersByTime(0)
    while (answer === undefined) await new Promise(setImmediate)
    health.close()
    answer()
    await new Promise(setImmediate)
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})
