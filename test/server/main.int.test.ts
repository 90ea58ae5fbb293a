import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { ordinaryEnvironment } from '@/server/spawner/start-program'
import { startTestRedis, type TestRedis } from '../redis'

let redis: TestRedis | undefined
afterEach(async () => {
  await redis?.stop()
  redis = undefined
})

const secret = 'a secret that is longer than 32 bytes'

/** Runs the server's process until it ends by itself. */
async function run(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    env: { ...ordinaryEnvironment(), NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    said.out += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    said.err += String(chunk)
  })
  const [code] = await once(child, 'close')
  return { code, ...said }
}

test('without a secret it says which variable is missing, and ends', async () => {
  expect(await run({})).toEqual({
    code: 1,
    out: '',
    err: 'BLOCKING_COORDINATION_SECRET is needed: the key that ACKs are signed with, shared with the coordinators.\n',
  })
})

test('a secret under 32 bytes is refused, and not repeated', async () => {
  const { code, err } = await run({ BLOCKING_COORDINATION_SECRET: 'short and secret' })
  expect(code).toBe(1)
  expect(err).toBe('BLOCKING_COORDINATION_SECRET must be at least 32 bytes long.\n')
})

test('a Redis that would forget is refused in one sentence', async () => {
  redis = await startTestRedis({ settings: [['maxmemory-policy', 'allkeys-lru']] })
  const { code, err } = await run({
    BLOCKING_COORDINATION_SECRET: secret,
    REDIS_URL: redis.url,
    PORT: '0',
  })
  expect(code).toBe(1)
  expect(err.trim()).toMatch(
    /^Redis would silently delete keys .* set maxmemory-policy to noeviction\.$/,
  )
})

test('a port that is taken ends it in one sentence, though Next is in the process', async () => {
  redis = await startTestRedis()
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { code, err } = await run({
    BLOCKING_COORDINATION_SECRET: secret,
    REDIS_URL: redis.url,
    PORT: String(port),
    LOG_LEVEL: 'error',
  })
  other.close()
  expect(code).toBe(1)
  expect(err.trim()).toBe(
    `Port ${port} on 127.0.0.1 is taken: stop what uses it, or set PORT to another.`,
  )
})
