// Five habits, each with what happens without it.
import { register } from 'prom-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { blockingDurationSeconds } from '@/lib/observability/prometheus-metrics'
import { createClient, type RedisClient } from '@/lib/redis/create-client'
import { startTestRedis, type TestRedis } from '@/test/redis'
import { testNamespace } from './namespace'
import { SECRET } from './signals-harness'

let server: TestRedis
const clients: RedisClient[] = []

beforeAll(async () => {
  server = await startTestRedis()
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect()
  await server.restart()
  await server.flush()
})
afterAll(() => server.stop())

function client(): RedisClient {
  const made = createClient({ socket: { host: server.host, port: server.port } })
  clients.push(made)
  return made
}

async function manager(coordinatorId = 'coordinator-1', hmacSecret: string | undefined = SECRET) {
  const redisClient = client()
  await redisClient.connect()
  return new BlockingCoordinationManager({ redisClient, coordinatorId, hmacSecret })
}

const signal = {
  signalId: 'signal-1',
  type: 'completion' as const,
  source: 'coordinator-2',
  targets: ['coordinator-1'],
  timestamp: Date.now(),
}
const liveness = (id: string) => testNamespace(server.client()).liveness(id)

describe('a secret', () => {
  it('given: ACKs verify', async () => {
    const coordinator = await manager()
    expect(coordinator.verifyAck(await coordinator.acknowledgeSignal(signal))).toBe(true)
    await coordinator.cleanup()
  })

  it('missing: throws, and names the variable', async () => {
    const redisClient = client()
    const make = () =>
      new BlockingCoordinationManager({
        redisClient,
        coordinatorId: 'coordinator-1',
        hmacSecret: process.env.A_VARIABLE_THAT_NOBODY_SET,
      })
    expect(make).toThrow('BLOCKING_COORDINATION_SECRET')
  })
})

describe('a timeout', () => {
  it('handled: who answered is known, and who did not', async () => {
    const coordinator = await manager()
    await coordinator.acknowledgeSignal(signal)
    const asked = ['coordinator-1', 'coordinator-3']
    const acks = await coordinator.waitForAcks(asked, 'signal-1', 50)
    expect(asked.filter((id) => !acks.has(id))).toEqual(['coordinator-3'])
    await coordinator.cleanup()
  })

  it('not handled: nothing throws, so that the missing would be taken for answers', async () => {
    const coordinator = await manager()
    await expect(
      coordinator.waitForAcks(['coordinator-3'], 'signal-1', 50),
    ).resolves.toHaveProperty('size', 0)
    await coordinator.cleanup()
  })
})

describe('resources', () => {
  it('cleaned up, also after an error: it has left', async () => {
    const coordinator = await manager()
    try {
      await coordinator.acknowledgeSignal(signal)
      throw new Error('the work failed')
    } catch {
    } finally {
      await coordinator.cleanup()
    }
    expect(await liveness('coordinator-1')).toBe('stopped')
    expect(await server.client().exists('blocking:ack:coordinator-1:signal-1')).toBe(0)
  })

  it('not cleaned up: it goes on living on the board, and its copies stay', async () => {
    const coordinator = await manager()
    await coordinator.acknowledgeSignal(signal)
    expect(await liveness('coordinator-1')).toBe('active')
    expect(await server.client().exists('blocking:ack:coordinator-1:signal-1')).toBe(1)
    await coordinator.cleanup()
  })
})

describe('a connection', () => {
  it('through a breaker: survives a Redis that comes a little later', async () => {
    await server.shutdown()
    const redis = client()
    const breaker = new CircuitBreaker({ delays: [50, 100, 200], threshold: 50, maxAttempts: 50 })
    breaker.once('attempt:failed', () => void server.restart())
    await breaker.execute(() => redis.connect())
    await expect(redis.ping()).resolves.toBe('PONG')
    expect(breaker.getState().state).toBe('closed')
  })

  it('without one: fails with the first attempt', async () => {
    await server.shutdown()
    await expect(client().connect()).rejects.toThrow('Redis connection failed')
  })
})

describe('metrics', () => {
  it('recorded: somebody can see it', async () => {
    blockingDurationSeconds.labels('swarm-1', 'coordinator-1', 'completed').observe(0.5)
    expect(await register.metrics()).toContain(
      'blocking_duration_seconds_sum{swarm_id="swarm-1",coordinator_id="coordinator-1",status="completed"} 0.5',
    )
    blockingDurationSeconds.reset()
  })

  it('not recorded: there is nothing to see', async () => {
    const coordinator = await manager()
    await coordinator.acknowledgeSignal(signal)
    await coordinator.cleanup()
    expect(await register.metrics()).not.toContain('coordinator-1')
  })
})
