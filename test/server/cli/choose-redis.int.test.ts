import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseRedis } from '@/server/cli/choose-redis.mjs'
import { freePort } from '@/server/embedded/free-port.mjs'
import { startTestRedis, type TestRedis } from '@/test/redis'

/** What redis.conf and a URL both have to quote. */
const password = 'pass "w\\ord'
let redis: TestRedis
beforeAll(async () => {
  redis = await startTestRedis({ password })
})
afterAll(() => redis.stop())

const choose = (env: Record<string, string>) =>
  chooseRedis({ dataFolder: '/nowhere', demo: false, say: () => {} }, { NODE_ENV: 'test', ...env })

describe('a Redis that the user names', () => {
  it('is used by its URL, with the password in it or beside it', async () => {
    const url = `redis://:${encodeURIComponent(password)}@127.0.0.1:${redis.port}`
    expect(await choose({ REDIS_URL: url })).toMatchObject({
      env: { REDIS_URL: url },
      embedded: false,
      description: `Redis on 127.0.0.1:${redis.port} (yours)`,
    })
    const bare = `redis://127.0.0.1:${redis.port}`
    expect(await choose({ REDIS_URL: bare, REDIS_PASSWORD: password })).toMatchObject({
      env: { REDIS_URL: bare, REDIS_PASSWORD: password },
    })
  })

  it('is used by host and port', async () => {
    const env = { REDIS_PORT: String(redis.port), REDIS_PASSWORD: password }
    expect(await choose(env)).toMatchObject({ env: { REDIS_HOST: '127.0.0.1', ...env } })
  })

  it('is left to the Sentinels to name, with all that reaching them takes', async () => {
    const env = { REDIS_SENTINELS: '10.0.0.1:26379,10.0.0.2', REDIS_SENTINEL_NAME: 'box' }
    expect(await choose({ ...env, REDIS_PASSWORD: password, REDIS_HOST: 'elsewhere' })).toEqual({
      env: { ...env, REDIS_PASSWORD: password },
      description: 'Redis on the primary that 10.0.0.1:26379,10.0.0.2 names (yours)',
      embedded: false,
      close: expect.any(Function),
    })
    const sample = { dataFolder: '/nowhere', demo: true, say: () => {} }
    await expect(chooseRedis(sample, { NODE_ENV: 'test', ...env })).rejects.toThrow(
      'The sample swarm takes one Redis',
    )
  })

  it('gets a sentence when it refuses, is not there, or is misspelt', async () => {
    await expect(choose({ REDIS_URL: `redis://127.0.0.1:${redis.port}` })).rejects.toThrow(
      'name its password',
    )
    const port = await freePort()
    await expect(choose({ REDIS_HOST: '127.0.0.1', REDIS_PORT: `${port}` })).rejects.toThrow(
      `No Redis answers on 127.0.0.1:${port}`,
    )
    for (const misspelt of ['localhost:6379', 'redis://:50%off@127.0.0.1:6379']) {
      await expect(choose({ REDIS_URL: misspelt })).rejects.toThrow('must look like redis://')
    }
    await expect(choose({ REDIS_PORT: 'six' })).rejects.toThrow('a number from 1 to 65535')
  })
})
