import { afterEach, expect, test } from 'vitest'
import {
  checkRedisInfo,
  connectChecked,
  explainStartError,
  UnfitRedisError,
} from '@/server/redis/check-redis'
import { createRedisConnection } from '@/server/redis/connect-redis'
import { startTestRedis, type TestRedis } from '../../redis'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

function connectionTo(server: Pick<TestRedis, 'host' | 'port'>, password?: string) {
  const address = {
    host: server.host,
    port: server.port,
    username: undefined,
    password,
    database: 0,
    tls: false,
  }
  const redis = createRedisConnection(address)
  closers.unshift(() => redis.disconnect())
  return redis
}

async function start(options: Parameters<typeof startTestRedis>[0] = {}) {
  const server = await startTestRedis(options)
  closers.push(() => server.stop())
  return server
}

test('a Redis that can be used is connected', async () => {
  const server = await start()
  const redis = connectionTo(server)
  await connectChecked(redis, server, 5000)
  expect(await redis.ping()).toBe('PONG')
})

test('one that hangs while the server starts is told in words', async () => {
  const server = await start()
  const redis = connectionTo(server)
  await connectChecked(redis, server, 5000)
  redis.options.commandTimeout = 50
  server.pause()
  const error = await redis.ping().catch((problem: unknown) => problem)
  server.resume()
  expect(explainStartError(error, server)).toBeInstanceOf(UnfitRedisError)
  expect(explainStartError(error, server)).toMatchObject({
    message: expect.stringContaining(`127.0.0.1:${server.port} took too long`),
  })
  const other = new Error('something else')
  expect(explainStartError(other, server)).toBe(other)
})

test('one that would delete keys when it is full is refused, in words', async () => {
  const server = await start({ settings: [['maxmemory-policy', 'allkeys-lru']] })
  await expect(connectChecked(connectionTo(server), server, 5000)).rejects.toThrow(
    'set maxmemory-policy to noeviction',
  )
})

test('one that is older than 7.0 is refused, in words', () => {
  expect(() => checkRedisInfo('redis_version:6.2.14\r\nmaxmemory_policy:noeviction\r\n')).toThrow(
    'Redis is version 6.2.14, and Signalbox needs 7.0 or newer: update it.',
  )
  expect(() => checkRedisInfo('redis_version:10.0.0\r\n')).not.toThrow()
  expect(() => checkRedisInfo('')).toThrow(UnfitRedisError)
})

test('one that nobody answers for is said to be out of reach', async () => {
  const server = await start()
  await server.shutdown()
  await expect(connectChecked(connectionTo(server), server, 200)).rejects.toThrow(
    `Redis at 127.0.0.1:${server.port} cannot be reached: `,
  )
})

test('one that wants a password says so', async () => {
  const server = await start({ password: true })
  await expect(connectChecked(connectionTo(server), server, 20_000)).rejects.toThrow(
    /set REDIS_PASSWORD/,
  )
  await expect(connectChecked(connectionTo(server, 'wrong'), server, 20_000)).rejects.toThrow(
    /WRONGPASS.* set REDIS_PASSWORD/,
  )
  await connectChecked(connectionTo(server, server.password), server, 5000)
})

test('one that starts late is waited for', async () => {
  const server = await start()
  await server.shutdown()
  const connected = connectChecked(connectionTo(server), server, 20_000)
  await server.restart()
  await connected
})
