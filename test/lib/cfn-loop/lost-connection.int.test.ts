import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRedisBreaker, guardScripts } from '@/lib/cfn-loop/redis-breaker'
import { namespaceKeys } from '@/lib/redis/keys'
import { createScriptRunner } from '@/lib/redis/run-script'
import { startTcpProxy } from '@/test/labs/tcp-proxy'
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

it('a connection that a router forgot is replaced, though nobody closes it', async () => {
  const proxy = await startTcpProxy(server)
  const redis = server.client({ port: proxy.port })
  const { run } = guardScripts(
    createScriptRunner(redis, keys),
    createRedisBreaker({ timeoutMs: 200, cooldownMs: 100 }),
  )
  const answers = () =>
    run('checkSchema', [keys.settings], []).then(
      () => true,
      () => false,
    )
  expect(await answers()).toBe(true)
  const forgotten = redis.stream
  proxy.strand()
  expect(await answers()).toBe(false)
  await until(answers, 50)
  expect(redis.stream).not.toBe(forgotten)
  await proxy.close()
})

it('a connection that is only slow is left alone', async () => {
  const proxy = await startTcpProxy(server)
  const redis = server.client({ port: proxy.port })
  const { run } = guardScripts(
    createScriptRunner(redis, keys),
    createRedisBreaker({ timeoutMs: 200, threshold: 1000 }),
  )
  await redis.ping()
  const before = redis.stream
  proxy.setLatency(300)
  // Every call fails, for longer than a silent link is borne; answers come all the same.
  const end = performance.now() + 5000
  while (performance.now() < end) {
    await run('checkSchema', [keys.settings], []).catch(() => {})
  }
  expect(redis.stream).toBe(before)
  proxy.setLatency(0)
  await proxy.close()
})
