import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { CircuitBreakerOptions } from '@/lib/cfn-loop/breaker/breaker-options'
import { createRedisBreaker, guardScripts } from '@/lib/cfn-loop/redis-breaker'
import { isCircuitOpenError, isTimeoutError } from '@/lib/redis/errors'
import { namespaceKeys } from '@/lib/redis/keys'
import { createScriptRunner } from '@/lib/redis/run-script'
import { type CoreRedis, itAlone, linksOf, NAMESPACE, startCoreRedis } from '@/test/labs/core-redis'
import { until } from '@/test/until'

let server: CoreRedis
beforeAll(async () => {
  server = await startCoreRedis()
})
afterEach(async () => {
  server.resume()
  await server.restart()
})
afterAll(() => server.stop())

const keys = namespaceKeys(NAMESPACE)

function guarded(options: CircuitBreakerOptions = {}) {
  const redis = server.client()
  const breaker = createRedisBreaker({ timeoutMs: 100, cooldownMs: 50, ...options })
  const states: string[] = []
  breaker.on('state:changed', (state) => states.push(state))
  const { run } = guardScripts(createScriptRunner(redis, keys), breaker)
  return { redis, breaker, states, call: () => run('checkSchema', [keys.settings], []) }
}

async function failuresOf(call: () => Promise<unknown>, count: number) {
  const errors: unknown[] = []
  while (errors.length < count) await call().catch((error: unknown) => errors.push(error))
  return errors
}

describe('the breaker around Redis', () => {
  it('lets scripts through, and hands their refusals on', async () => {
    const { call, breaker, redis } = guarded()
    expect((await call())[0]).toBe('OK')
    await redis.hset(keys.settings, 'schema', '9')
    expect(await call()).toEqual(['SCHEMA', '9'])
    await redis.del(keys.settings)
    await redis.set(keys.settings, 'of the wrong type')
    for (let time = 0; time < 5; time++) await expect(call()).rejects.toThrow('WRONGTYPE')
    expect(breaker.getState()).toMatchObject({ state: 'closed', failureCount: 0 })
    await redis.del(keys.settings)
  })

  it('opens when Redis hangs, refuses at once, and closes by a probe when it goes on', async () => {
    const { call, breaker, states } = guarded({ cooldownMs: 400 })
    await call()
    server.pause()
    const errors = await failuresOf(call, 3)
    expect(errors.every(isTimeoutError)).toBe(true)
    expect(breaker.getState().state).toBe('open')
    expect(await call().catch((error: unknown) => error)).toSatisfy(isCircuitOpenError)
    server.resume()
    await until(() =>
      call().then(
        () => true,
        () => false,
      ),
    )
    expect(states.at(-1)).toBe('closed')
  })

  // A Cluster's client looks for other nodes by itself, and may send it to one of those that come back.
  itAlone('fails what cannot be sent, and never sends it later', async () => {
    const { call, redis, breaker } = guarded({ timeoutMs: 60_000 })
    await call()
    await redis.del(keys.settings)
    await server.shutdown()
    await until(() => linksOf(redis).every((it) => it.status !== 'ready'))
    const [error] = await failuresOf(call, 1)
    expect(error).toSatisfy(isTimeoutError)
    await server.restart()
    await until(async () => (await redis.ping().catch(() => '')) === 'PONG')
    expect(await redis.exists(keys.settings)).toBe(0)
    expect(breaker.getState().state).toBe('closed')
    await call()
    expect(await redis.exists(keys.settings)).toBe(1)
  })

  it('is not opened by what is lost for less than a moment', async () => {
    const { call, redis, states } = guarded({ timeoutMs: 60_000 })
    await call()
    await server.kill9()
    await until(() => linksOf(redis).every((it) => it.status !== 'ready'))
    // It may come back in time, or not; either way nothing opens for one call.
    const waiting = call().catch(() => {})
    await server.restart()
    await waiting
    expect(states).toEqual([])
  })
})
