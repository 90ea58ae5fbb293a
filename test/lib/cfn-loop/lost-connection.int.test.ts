import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRedisBreaker, guardScripts } from '@/lib/cfn-loop/redis-breaker'
import { namespaceKeys } from '@/lib/redis/keys'
import { createScriptRunner } from '@/lib/redis/run-script'
import { startTestRedis, type TestRedis } from '@/test/redis'
import { until } from '@/test/until'

const keys = namespaceKeys()
let server: TestRedis
beforeAll(async () => {
  server = await startTestRedis()
})
afterAll(() => server.stop())

it('however many calls wait for a connection to come back, it has one listener for them', async () => {
  const redis = server.client()
  const { run } = guardScripts(
    createScriptRunner(redis, keys),
    createRedisBreaker({ timeoutMs: 60_000, threshold: 1000 }),
  )
  const call = () => run('checkSchema', [keys.settings], [])
  await call()
  const before = redis.listenerCount('ready')

  await server.shutdown()
  await until(() => redis.status !== 'ready')
  const first = Promise.allSettled(Array.from({ length: 50 }, call))
  expect(redis.listenerCount('ready')).toBe(before + 1)
  // They give up; others come after them.
  expect((await first).every((it) => it.status === 'rejected')).toBe(true)
  const second = Promise.allSettled(Array.from({ length: 50 }, call))
  expect(redis.listenerCount('ready')).toBe(before + 1)
  await server.restart()
  await second
  await call()
  expect(redis.listenerCount('ready')).toBe(before)
})
