import { afterAll, afterEach } from 'vitest'
import { startCoreRedis } from '../../labs/core-redis'
import type { TestRedisOptions } from '../../redis'
import { signalsHarness } from './signals-harness'

/** A Redis of the test file's own, and who takes part on it: emptied after each test, stopped after the last. */
export async function boxOfThisFile(options?: TestRedisOptions) {
  const server = await startCoreRedis(options)
  const box = signalsHarness(server)
  afterEach(async () => {
    await box.endAll()
    await server.flush()
  })
  afterAll(() => server.stop())
  return { server, box, redis: box.redis, ns: box.ns }
}
