import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { CoordinatorTimeoutHandler } from '@/lib/cfn-loop/coordinator-timeout-handler'
import type { CoordinatorTimeoutHandlerOptions } from '@/lib/cfn-loop/timeout/handler-options'
import { isFencedError, isInvalidInputError } from '@/lib/redis/errors'
import { until } from '../../until'
import { boxOfThisFile } from './box-of-this-file'
import { testNamespace } from './namespace'

/** Long enough that a busy machine does not make the living look dead. */
const THRESHOLD = 600
const untilDead = () => sleep(THRESHOLD * 1.05)

const { server, box, redis, ns } = await boxOfThisFile()

function createHandler(options: Partial<CoordinatorTimeoutHandlerOptions> = {}) {
  const handler = box.handler({ timeoutThreshold: THRESHOLD, checkInterval: 100, ...options })
  return { handler, heard: listen(handler) }
}

function listen(handler: CoordinatorTimeoutHandler) {
  const heard: [string, object?][] = []
  for (const name of [
    'monitoring:started',
    'monitoring:stopped',
    'coordinator:stale',
    'coordinator:timeout',
    'coordinator:recovered',
    'cleanup:complete',
    'cleanup:failed',
    'coordinator:escalated',
    'escalation:failed',
  ] as const) {
    handler.on(name, (...args: unknown[]) => {
      heard.push([name, ...(args as [object?])])
    })
  }
  return {
    all: heard,
    names: () => heard.map(([name]) => name),
    of: (name: string) => heard.filter(([it]) => it === name).map(([, event]) => event),
  }
}

describe('death', () => {
  it('is heard once, after being stale, with its cleanup, and asked for it is true', async () => {
    const { handler, heard } = createHandler()
    handler.startMonitoring()
    await handler.recordActivity('coordinator-1', 4, 'loop-3-implementation')
    await until(() => heard.names().includes('cleanup:complete'))
    expect(await handler.checkCoordinatorTimeout('coordinator-1')).toBe(true)
    // A machine that is busy enough finds it dead at once.
    expect(heard.names().filter((it) => it !== 'coordinator:stale')).toEqual([
      'monitoring:started',
      'coordinator:timeout',
      'cleanup:complete',
    ])
    expect(heard.of('coordinator:stale').length).toBeLessThanOrEqual(1)
    expect(heard.of('coordinator:timeout')).toMatchObject([
      {
        coordinatorId: 'coordinator-1',
        reason: expect.stringMatching(
          /^Coordinator inactive for \d+(\.\d)?s \(threshold: 0\.6s\)$/,
        ),
        metadata: { iteration: 4, phase: 'loop-3-implementation' },
        claimed: true,
      },
    ])
    expect(handler.getMetrics()).toMatchObject({
      timeoutEventsTotal: 1,
      cleanupsPerformed: 1,
      cleanupFailures: 0,
    })
    expect(handler.getMetrics().totalChecks).toBeGreaterThan(1)
    handler.resetMetrics()
    expect(handler.getMetrics().totalChecks).toBe(0)
  })

  it('is claimed by who asks, when nobody monitors; the listeners hear of it before the answer', async () => {
    const { handler, heard } = createHandler()
    await handler.recordActivity('c', 0)
    expect(await handler.checkCoordinatorTimeout('c')).toBe(false)
    await untilDead()
    expect(await handler.checkCoordinatorTimeout('c')).toBe(true)
    expect(heard.names()).toEqual(['coordinator:timeout', 'cleanup:complete'])
    expect(await handler.checkCoordinatorTimeout('c')).toBe(true)
    expect(await handler.checkCoordinatorTimeout('unknown')).toBe(false)
    expect(heard.names()).toHaveLength(2)
    expect(handler.getMetrics()).toEqual({
      totalChecks: 0,
      timeoutEventsTotal: 1,
      cleanupsPerformed: 1,
      cleanupFailures: 0,
    })
  })

  it('of one that beats does not happen; one that beats again recovers', async () => {
    const { handler, heard } = createHandler({ autoCleanup: false })
    const { life } = box.life('a', { timeoutThreshold: 5000 })
    handler.startMonitoring()
    await handler.recordActivity('b', 0)
    await life.ensure()
    await once(handler, 'coordinator:timeout')
    await handler.recordActivity('b', 1)
    await once(handler, 'coordinator:recovered')
    expect(heard.of('coordinator:timeout')).toHaveLength(1)
    expect(heard.of('coordinator:recovered')).toMatchObject([{ coordinatorId: 'b', from: 'dead' }])
    expect(await ns.liveness('a')).toBe('active')
    expect(await ns.liveness('b')).toBe('active')
    expect(heard.names()).not.toContain('cleanup:complete')
    await once(handler, 'coordinator:timeout')
    expect(heard.of('coordinator:timeout')).toHaveLength(2)
  })

  it('takes over the threshold as the default of the namespace', async () => {
    const { handler } = createHandler({ timeoutThreshold: 700 })
    handler.startMonitoring()
    await until(async () => (await redis.hget(ns.keys.settings, 'threshold')) === '700')
    const { life } = box.life('a', { timeoutThreshold: undefined })
    await life.ensure()
    expect((await ns.record('a')).seenThreshold).toBe('700')
  })

  it('does not come of a new, short threshold, before the slow hearts have heard of it', async () => {
    const { life } = box.life('a', { timeoutThreshold: undefined })
    await life.ensure()
    expect(life.heartbeatIntervalMs).toBe(5000)
    const { handler, heard } = createHandler({ timeoutThreshold: 300 })
    handler.startMonitoring()
    await until(() => life.heartbeatIntervalMs === 30)
    expect(heard.names()).toEqual(['monitoring:started'])
  })

  it('removes cached ACKs by their names, and leaves everything else', async () => {
    const { handler } = createHandler()
    await redis.zadd(ns.keys.signals, Date.now(), 's-1')
    await redis.set(ns.keys.ack('c', 's-1'), '{}')
    await redis.set(ns.keys.ack('other', 's-1'), '{}')
    await redis.hset(ns.keys.work('c'), 'w', '{"storedAt":1,"data":1}')
    await handler.recordActivity('c', 0)
    await untilDead()
    expect(await handler.checkCoordinatorTimeout('c')).toBe(true)
    expect(await redis.exists(ns.keys.ack('c', 's-1'))).toBe(0)
    expect(await redis.exists(ns.keys.ack('other', 's-1'))).toBe(1)
    expect(await redis.hlen(ns.keys.work('c'))).toBe(1)
    expect(await redis.zscore(ns.keys.beats, 'c')).toBeNull()
  })
})

describe('activity by hand', () => {
  it('is only noted of one that lives by itself', async () => {
    const { life } = box.life('a', { phase: 'loop-2' })
    await life.ensure()
    const { handler } = createHandler()
    await handler.recordActivity('a', 7, 'seen from outside')
    expect(await ns.record('a')).toMatchObject({
      instance: life.incarnation?.instance,
      phase: 'loop-2',
      iteration: '0',
      actionWhat: 'seen from outside',
    })
  })

  it('goes on under the same life from another handler', async () => {
    const { handler: one } = createHandler()
    const { handler: other } = createHandler()
    await one.recordActivity('c', 0, 'x')
    const { epoch } = await ns.record('c')
    await other.recordActivity('c', 1, 'y')
    await one.recordActivity('c', 2, 'z')
    expect(await ns.record('c')).toMatchObject({ epoch, iteration: '2', phase: 'z', byHand: '1' })
  })

  it('of one that was replaced is refused and counted', async () => {
    const { handler, heard } = createHandler()
    await handler.recordActivity('c', 0)
    await untilDead()
    expect(await handler.escalateDeadCoordinator('c', 'swarm-1')).toMatch(
      /^coordinator-\d{13}-[0-9a-z]{6}$/,
    )
    expect(heard.names()).toEqual([
      'coordinator:timeout',
      'cleanup:complete',
      'coordinator:escalated',
    ])
    await expect(handler.recordActivity('c', 1)).rejects.toSatisfy(isFencedError)
    await expect(handler.recordActivity('c', 1)).rejects.toSatisfy(isFencedError)
    expect((await ns.record('c')).refused).toBe('2')
  })
})

describe('cleanup by hand', () => {
  it('marks a living one as stopped; it never dies', async () => {
    const { handler, heard } = createHandler()
    handler.startMonitoring()
    await handler.recordActivity('validator', 0, 'loop-2')
    await handler.cleanupTimeoutCoordinator('validator')
    expect(await ns.liveness('validator')).toBe('stopped')
    expect(heard.of('cleanup:complete')).toMatchObject([{ coordinatorId: 'validator' }])
    expect(await handler.checkCoordinatorTimeout('validator')).toBe(false)
    expect(await redis.zscore(ns.keys.beats, 'validator')).toBeNull()
  })

  it('of one whose process lives is answered by that process', async () => {
    const { handler } = createHandler()
    const { life } = box.life('a', { timeoutThreshold: 300 })
    await life.ensure()
    await handler.cleanupTimeoutCoordinator('a')
    const [again] = await once(life, 'registered')
    expect(again.again).toBe(true)
    expect(await ns.liveness('a')).toBe('active')
  })

  it('that fails tells so, and throws', async () => {
    const broken = server.client()
    const { handler, heard } = createHandler({ redisClient: broken })
    await broken.quit()
    await expect(handler.cleanupTimeoutCoordinator('a')).rejects.toThrow()
    expect(heard.names()).toEqual(['cleanup:failed'])
    expect(handler.getMetrics().cleanupFailures).toBe(1)
  })
})

describe('escalation', () => {
  it('answers the same replacement however often, and tells it once', async () => {
    const { handler, heard } = createHandler()
    const { handler: other, heard: otherHeard } = createHandler()
    await handler.recordActivity('c', 0)
    await untilDead()
    const ids = await Promise.all([
      handler.escalateDeadCoordinator('c', 'swarm-1'),
      other.escalateDeadCoordinator('c', 'swarm-2'),
      handler.escalateDeadCoordinator('c', 'swarm-1'),
    ])
    expect(new Set(ids).size).toBe(1)
    const told = [...heard.of('coordinator:escalated'), ...otherHeard.of('coordinator:escalated')]
    expect(told).toHaveLength(2)
    expect(told.filter((it) => (it as { claimed: boolean }).claimed)).toHaveLength(1)
    expect((await ns.types()).filter((it) => it === 'coordinator.escalated')).toHaveLength(1)
  })

  it('of a living or unknown one is refused; by force it needs a reason', async () => {
    const { handler, heard } = createHandler()
    await handler.recordActivity('c', 0)
    expect(await handler.escalateDeadCoordinator('c', 's')).toBeNull()
    expect(await handler.escalateDeadCoordinator('nobody', 's')).toBeNull()
    expect(heard.of('escalation:failed')).toMatchObject([
      { coordinatorId: 'c', reason: expect.stringContaining('active') },
      { coordinatorId: 'nobody' },
    ])
    await expect(handler.escalateDeadCoordinator('c', 's', { force: true })).rejects.toSatisfy(
      isInvalidInputError,
    )
    expect(
      await handler.escalateDeadCoordinator('c', 's', { force: true, reason: 'it loops' }),
    ).toMatch(/^coordinator-/)
    const event = (await ns.events()).find((it) => it.type === 'coordinator.escalated')
    expect(event?.data).toMatchObject({ forced: true, reason: 'it loops' })
  })

  it('happens by itself with autoEscalate', async () => {
    const { handler, heard } = createHandler({ autoEscalate: true })
    handler.startMonitoring()
    await handler.recordActivity('c', 0)
    await until(() => heard.names().includes('coordinator:escalated'))
    expect(await ns.liveness('c')).toBe('escalated')
  })
})

describe('options', () => {
  it.each([
    [{ timeoutThreshold: 0 }, 'timeoutThreshold'],
    [{ timeoutThreshold: Number.NaN }, 'timeoutThreshold'],
    [{ checkInterval: -1 }, 'checkInterval'],
    [{ checkInterval: 2 ** 31 }, 'checkInterval'],
    [{ namespace: 'a b' }, 'namespace'],
  ])('%o names %s', (options, field) => {
    expect(() => createHandler(options)).toThrow(field)
  })

  it('bad ids, iterations and phases are refused', async () => {
    const { handler } = createHandler()
    await expect(handler.recordActivity('a b', 0)).rejects.toSatisfy(isInvalidInputError)
    await expect(handler.recordActivity('a', -1)).rejects.toSatisfy(isInvalidInputError)
    await expect(handler.recordActivity('a', 0, 'x\n')).rejects.toSatisfy(isInvalidInputError)
    await expect(handler.checkCoordinatorTimeout('')).rejects.toSatisfy(isInvalidInputError)
    await expect(handler.escalateDeadCoordinator('a', '*')).rejects.toSatisfy(isInvalidInputError)
  })

  it('keep namespaces apart', async () => {
    const { handler } = createHandler({ namespace: 'other' })
    await handler.recordActivity('c', 0)
    expect(await ns.liveness('c')).toBeNull()
    expect(await testNamespace(redis, 'other').liveness('c')).toBe('active')
  })
})
