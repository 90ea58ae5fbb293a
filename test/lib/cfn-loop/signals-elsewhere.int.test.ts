import { Redis } from 'ioredis'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { isRedisFullError, isTimeoutError } from '@/lib/redis/errors'
import { startTestRedis } from '../../redis'
import { until } from '../../until'
import { untilReplicated } from '../../until-replicated'
import { SECRET, signalsHarness } from './signals-harness'

describe('on a Redis that is full', () => {
  it('sending is refused and logged; ACKs and beats still work', async () => {
    const server = await startTestRedis({ settings: [['maxmemory-policy', 'noeviction']] })
    const box = signalsHarness(server)
    try {
      const signals = await box.signals()
      const one = box.manager('one')
      const { messageId } = await signals.sendSignal('s', 'one', 'completion', 1)
      await one.recordActivity('loop-3')
      await box.redis.config('SET', 'maxmemory', '1')
      await expect(signals.sendSignal('s', 'one', 'completion', 2)).rejects.toSatisfy(
        isRedisFullError,
      )
      const signal = await one.waitForSignal({ timeoutMs: 5000 })
      expect(signal?.signalId).toBe(messageId)
      if (signal) await one.acknowledgeSignal(signal)
      await one.recordActivity('loop-4')
      const refused = await box.eventsOf('signal.refused')
      expect(refused.map((it) => it.data)).toEqual([
        { source: 's', target: 'one', type: 'completion', reason: 'memory_full' },
      ])
      await box.redis.config('SET', 'maxmemory', '0')
      await signals.sendSignal('s', 'one', 'completion', 2)
    } finally {
      await box.endAll()
      await server.stop()
    }
  })
})

describe('with a replica that is asked for', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('accepted means that the replica has it: nothing is lost with the primary', async () => {
    const [primary, replica] = await Promise.all([
      startTestRedis({ settings: [['repl-diskless-sync-delay', '0']] }),
      startTestRedis(),
    ])
    const box = signalsHarness(primary)
    try {
      const copy = replica.client()
      await copy.replicaof(primary.host, primary.port)
      await untilReplicated(primary.client())
      vi.stubEnv('BLOCKING_COORDINATION_REPLICAS', '1')
      const signals = await box.signals()
      const one = box.manager('one')
      const accepted: string[] = []
      await Promise.all(
        Array.from({ length: 50 }, async (_, n) => {
          accepted.push((await signals.sendSignal('s', 'one', 'completion', n)).messageId)
        }),
      )
      const signal = await one.waitForSignal({ timeoutMs: 5000 })
      if (!signal) throw new Error('no signal')
      await one.acknowledgeSignal(signal)

      // Not replicated is not accepted; the same again is safe, and the same signal.
      replica.pause()
      const key = { idempotencyKey: 'key-1' }
      const unknown = signals.sendSignal('s', 'two', 'completion', 1, null, key)
      await expect(unknown).rejects.toSatisfy(isTimeoutError)
      replica.resume()
      await until(async () => Number(await box.redis.call('WAIT', 1, 1000)) === 1)
      const again = await signals.sendSignal('s', 'two', 'completion', 1, null, key)
      expect(again.isDuplicate).toBe(true)
      accepted.push(again.messageId)

      await primary.kill9()
      await copy.replicaof('NO', 'ONE')
      const there = signalsHarness(replica)
      for (const id of accepted) {
        const state = Object.values(await there.targets(id))
        expect(state).toEqual([id === signal.signalId ? 'acked' : 'pending'])
      }
    } finally {
      await box.endAll()
      await Promise.all([primary.stop(), replica.stop()])
    }
  })

  it('is refused where it cannot be had, in words', () => {
    vi.stubEnv('BLOCKING_COORDINATION_REPLICAS', 'some')
    const redis = new Redis({ lazyConnect: true })
    expect(
      () =>
        new BlockingCoordinationManager({
          redisClient: redis,
          coordinatorId: 'one',
          hmacSecret: SECRET,
        }),
    ).toThrow(/BLOCKING_COORDINATION_REPLICAS/)
  })
})
