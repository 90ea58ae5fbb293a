import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { createClient, type RedisClient } from '@/lib/redis/create-client'
import { NotConnectedError } from '@/lib/redis/errors'
import { startTestRedis, type TestRedis } from '@/test/redis'

let redis: TestRedis
const clients: RedisClient[] = []

beforeAll(async () => {
  redis = await startTestRedis({ password: true })
  process.env.REDIS_PASSWORD = redis.password
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect()
  await redis.restart()
})
afterAll(async () => {
  delete process.env.REDIS_PASSWORD
  await redis.stop()
})

function client(socket: { port?: number; connectTimeout?: number } = {}) {
  const made = createClient({ socket: { host: 'localhost', port: redis.port, ...socket } })
  clients.push(made)
  return made
}

const handles = () =>
  process.getActiveResourcesInfo().filter((it) => it === 'Timeout' || it.startsWith('TCP')).length

async function untilHandles(count: number) {
  await vi.waitFor(() => expect(handles()).toBeLessThanOrEqual(count), { timeout: 5000 })
}

describe('before the first connect', () => {
  it('does not connect by itself, and its commands reject', async () => {
    const it = client()
    expect(it.isOpen).toBe(false)
    await expect(it.ping()).rejects.toBeInstanceOf(NotConnectedError)
    await expect(it.quit()).rejects.toBeInstanceOf(NotConnectedError)
    expect(it.status).toBe('wait')
  })
})

describe('connect', () => {
  it('takes the password from the environment, or the one that it was given', async () => {
    const it = client()
    await it.connect()
    expect(it.isOpen).toBe(true)
    await expect(it.ping()).resolves.toBe('PONG')
    const other = createClient({ socket: { port: redis.port }, password: 'wrong' })
    const error: unknown = await other.connect().catch((reason: unknown) => reason)
    expect(String(error)).toBe('Error: Redis connection failed')
    expect(String((error as Error).cause)).toContain('WRONGPASS')
  })

  it('can be called again while it connects, and when it has', async () => {
    const it = client()
    await Promise.all([it.connect(), it.connect()])
    await it.connect()
    await expect(it.ping()).resolves.toBe('PONG')
  })

  it('rejects where nobody listens, prints nothing, and leaves nothing behind', async () => {
    const before = handles()
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    await redis.shutdown()
    const it = client()
    const error: unknown = await it.connect().catch((reason: unknown) => reason)
    expect((error as Error).message).toBe('Redis connection failed')
    expect((error as Error).cause).toMatchObject({ code: 'ECONNREFUSED' })
    expect(it.isOpen).toBe(false)
    await untilHandles(before)
    expect(printed).not.toHaveBeenCalled()
    printed.mockRestore()
  })

  it('rejects in time when Redis accepts but does not answer', async () => {
    const before = handles()
    redis.pause()
    try {
      const it = client({ connectTimeout: 300 })
      await expect(it.connect()).rejects.toThrow('Redis connection failed')
      await untilHandles(before)
    } finally {
      redis.resume()
    }
  })

  it('works again after a failed one', async () => {
    await redis.shutdown()
    const it = client()
    await expect(it.connect()).rejects.toThrow('Redis connection failed')
    await expect(it.connect()).rejects.toThrow('Redis connection failed')
    await redis.restart()
    await it.connect()
    await expect(it.ping()).resolves.toBe('PONG')
  })
})

describe('after a failed connect', () => {
  it('a command connects first', async () => {
    await redis.shutdown()
    const it = client()
    await expect(it.connect()).rejects.toThrow('Redis connection failed')
    await expect(it.ping()).rejects.toThrow('Redis connection failed')
    await redis.restart()
    await expect(it.ping()).resolves.toBe('PONG')
    expect(it.isOpen).toBe(true)
  })

  it('so do commands at once, and a pipeline', async () => {
    await redis.shutdown()
    const it = client()
    await expect(it.connect()).rejects.toThrow('Redis connection failed')
    await redis.restart()
    const [pong, answers] = await Promise.all([
      it.ping(),
      it.pipeline().set('a', '1').get('a').exec(),
    ])
    expect(pong).toBe('PONG')
    expect(answers).toEqual([
      [null, 'OK'],
      [null, '1'],
    ])
  })

  it('through a breaker: refused, then back with a ping alone', async () => {
    await redis.shutdown()
    const it = client()
    const states: string[] = []
    const breaker = new CircuitBreaker({ delays: [10, 20, 40], cooldownMs: 200, threshold: 3 })
    breaker.on('state:changed', (state) => states.push(state))
    await expect(
      breaker.execute(async () => {
        await it.connect()
        await it.ping()
      }),
    ).rejects.toThrow('Redis connection failed')
    await redis.restart()
    await new Promise((resolve) => setTimeout(resolve, breaker.getState().cooldownRemaining))
    await expect(breaker.execute(() => it.ping())).resolves.toBe('PONG')
    expect(states).toEqual(['open', 'half-open', 'closed'])
  })
})

describe('once connected', () => {
  it('comes back by itself when Redis was gone, and is open all the while', async () => {
    const it = client()
    await it.connect()
    await redis.shutdown()
    await vi.waitFor(() => expect(it.status).not.toBe('ready'))
    expect(it.isOpen).toBe(true)
    await redis.restart()
    await expect(it.ping()).resolves.toBe('PONG')
    expect(it.isOpen).toBe(true)
  })

  it('does not send again what was unanswered when the connection broke', async () => {
    const it = client()
    await it.connect()
    redis.pause()
    const lost = it.incr('counter')
    const outcome = expect(lost).rejects.toThrow()
    await redis.kill9()
    await outcome
    await redis.restart()
    await expect(it.get('counter')).resolves.toBeNull()
  })

  it('quit ends it: closed at once, commands reject, nothing is left', async () => {
    const before = handles()
    const it = client()
    await it.connect()
    const written = it.set('last', 'word')
    const ended = it.quit()
    expect(it.isOpen).toBe(false)
    await expect(ended).resolves.toBe('OK')
    await expect(written).resolves.toBe('OK')
    await expect(it.ping()).rejects.toBeInstanceOf(NotConnectedError)
    await untilHandles(before)
  })

  it('quit while the connection is lost ends the attempts and what waits', async () => {
    const before = handles()
    const it = client()
    await it.connect()
    await redis.shutdown()
    await vi.waitFor(() => expect(it.status).toBe('reconnecting'))
    const waits = expect(it.ping()).rejects.toThrow()
    await expect(it.quit()).resolves.toBe('OK')
    await waits
    await untilHandles(before)
  })

  it('can be connected anew after quit, and then comes back by itself too', async () => {
    const it = client()
    await it.connect()
    await redis.shutdown()
    await vi.waitFor(() => expect(it.status).toBe('reconnecting'))
    await it.quit()
    await redis.restart()
    await it.connect()
    await redis.restart()
    await expect(it.ping()).resolves.toBe('PONG')
  })
})
