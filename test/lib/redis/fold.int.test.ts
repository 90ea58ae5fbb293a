import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { CoordinatorTimeoutHandler } from '@/lib/cfn-loop/coordinator-timeout-handler'
import { DeadlineMonitor } from '@/lib/cfn-loop/deadline-monitor'
import { LoopConsensus } from '@/lib/cfn-loop/loop-consensus'
import { publishBreaker } from '@/lib/cfn-loop/publish-breaker'
import { setNamespaceThreshold } from '@/lib/cfn-loop/set-namespace-threshold'
import { Spawner } from '@/lib/cfn-loop/spawner'
import { WorkItems } from '@/lib/cfn-loop/work-items'
import { createBoardStore } from '@/lib/redis/stores/board-store'
import { applyEvents } from '@/lib/view/reduce'
import { emptyView, type View, viewFromWire } from '@/lib/view/view'
import { startTestRedis, type TestRedis } from '../../redis'
import { until } from '../../until'
import { type TestNamespace, testNamespace } from '../cfn-loop/namespace'

let server: TestRedis
let redis: Redis
let ns: TestNamespace
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  server = await startTestRedis()
  redis = server.client()
  ns = testNamespace(redis)
})
beforeEach(() => server.flush())
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop().catch(() => {})
})
afterAll(() => server.stop())

function createLife(id: string, options: Parameters<TestNamespace['life']>[1] = {}) {
  const life = ns.life(id, { timeoutThreshold: 60_000, ...options })
  stops.push(() => life.stop())
  return { life, work: new WorkItems(life, ns.runner(id)) }
}

const monitor = () =>
  new DeadlineMonitor({
    runner: ns.runner('monitor:m'),
    monitorId: 'm',
    intervalMs: 3_600_000,
    autoCleanup: true,
  })

/** What events tell. Beats are not events, and a sweep that found nothing is none either. */
function comparable(view: View) {
  const sorted = <T>(map: ReadonlyMap<string, T>) =>
    Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
  const { lastSweepAt: _, ...monitored } = view.monitor
  return {
    coordinators: sorted(
      new Map([...view.coordinators].map(([id, { lastBeat: _beat, ...it }]) => [id, it])),
    ),
    signals: sorted(view.signals),
    consensus: sorted(view.consensus),
    breakers: sorted(view.breakers),
    spawns: sorted(view.spawns),
    marks: sorted(view.marks),
    monitor: monitored,
  }
}

async function expectFoldToEqualRecords() {
  const board = createBoardStore(redis, ns.keys)
  const { view, problems } = await board.read({ settledSignals: 500, settledConsensus: 300 })
  expect(problems).toEqual([])
  const folded = applyEvents(emptyView(''), await ns.events())
  expect(comparable(folded)).toEqual(comparable(viewFromWire(view)))
  expect(folded.seq).toBe(view.seq)
  return folded
}

describe('the fold of all events is the board that the records tell', () => {
  it('through lives, phases, waits, thresholds and graceful ends', async () => {
    const { life: a } = createLife('a', { swarmId: 's', phase: 'loop-3', iteration: 1 })
    await a.ensure()
    await a.recordActivity('loop-2', 2)
    await a.recordActivity('', 2, 'wrote the tests')
    const { life: b } = createLife('b', { timeoutThreshold: undefined, label: 'sample' })
    await b.ensure()
    await setNamespaceThreshold(ns.runner(), 5000)
    await b.recordActivity('x')
    const waits = [ns.keys.coordinator('a'), ns.keys.events, ns.keys.deadlines]
    await a.write('beginWait', waits, ['w-1', 'acks', '["b"]', 's-1', '', 300, 5000], 'wait')
    await a.write('beginWait', waits, ['w-2', 'signal', '[]', '', '', 400, 5000], 'wait')
    await a.write('endWait', waits, ['w-1', 'completed', 700], 'wait')
    const folded = await expectFoldToEqualRecords()
    expect(folded.coordinators.get('a')?.waits).toHaveLength(1)
    await createLife('a').life.ensure()
    await a.recordActivity('late').catch(() => {})
    await b.stop()
    await expectFoldToEqualRecords()
  })

  it('through staleness, death, recovery, loss and being forgotten', async () => {
    const sweep = monitor()
    await sweep.sweep()
    for (const id of ['a', 'b', 'c']) {
      await createLife(id, { timeoutThreshold: 200, heartbeatInterval: 3_600_000 }).life.ensure()
    }
    await sleep(110)
    await sweep.sweep()
    await expectFoldToEqualRecords()
    await sleep(110)
    await sweep.sweep()
    const folded = await expectFoldToEqualRecords()
    expect(folded.coordinators.get('b')?.liveness).toBe('dead')
    const { life: d } = createLife('d')
    await d.ensure()
    await redis.del(ns.keys.coordinator('d'))
    await redis.srem(ns.keys.coordinators, 'd')
    await d.recordActivity('back')
    await ns
      .runner('operator:ann')
      .run(
        'forgetCoordinator',
        [
          ns.keys.coordinator('b'),
          ns.keys.events,
          ns.keys.deadlines,
          ns.keys.beats,
          ns.keys.coordinators,
          ns.keys.swarms,
          ns.keys.spawn,
        ],
        ['b', 'not needed'],
      )
    const after = await expectFoldToEqualRecords()
    expect([...after.coordinators.keys()].sort()).toEqual(['a', 'c', 'd'])
  })

  it('through work, escalations, replacements that come, fail and come late', async () => {
    const handler = new CoordinatorTimeoutHandler({ redisClient: redis })
    const { work } = createLife('a', { swarmId: 's', phase: 'loop-3' })
    await work.store('w-1', 1)
    await work.store('w-2', 2)
    await work.complete('w-1')
    const first = await handler.escalateDeadCoordinator('a', 's', {
      force: true,
      reason: 'test',
      startWithinMs: 40,
    })
    await expectFoldToEqualRecords()
    await sleep(50)
    await monitor().sweep()
    await expectFoldToEqualRecords()
    const second = await handler.escalateDeadCoordinator(first ?? '', 's', { reason: 'failed' })
    await expectFoldToEqualRecords()
    const spawner = new Spawner({
      redisClient: redis,
      start: async (request) => {
        if (request.replaces === 'b') throw new Error('no program')
        await createLife(request.coordinatorId, { heartbeatInterval: 3_600_000 }).life.ensure()
        return { pid: 4711 }
      },
    })
    stops.push(() => spawner.stop())
    spawner.start()
    await until(async () => (await ns.liveness(second ?? '')) === 'active')
    await expectFoldToEqualRecords()
    await createLife('b').life.ensure()
    const third = await handler.escalateDeadCoordinator('b', 's', { force: true, reason: 'test' })
    await until(async () => (await ns.liveness(third ?? '')) === 'failed')
    await expectFoldToEqualRecords()
    await createLife(third ?? '').life.ensure()
    const folded = await expectFoldToEqualRecords()
    expect(folded.coordinators.get(third ?? '')?.liveness).toBe('active')
    await handler.cleanupTimeoutCoordinator(third ?? '')
    await expectFoldToEqualRecords()
  })

  it('through activity by hand', async () => {
    const handler = new CoordinatorTimeoutHandler({ redisClient: redis, timeoutThreshold: 60_000 })
    await handler.recordActivity('a', 0, 'loop-3')
    await handler.recordActivity('a', 1, 'loop-2')
    await createLife('b').life.ensure()
    await handler.recordActivity('b', 3, 'seen')
    await expectFoldToEqualRecords()
    await handler.escalateDeadCoordinator('a', 's', { force: true, reason: 'test' })
    await handler.recordActivity('a', 2).catch(() => {})
    await handler.cleanupTimeoutCoordinator('b')
    await expectFoldToEqualRecords()
  })

  it('through signals that are acknowledged, completed, cancelled, expired, refused and handed over', async () => {
    const createManager = (coordinatorId: string, trackCompletion = false) => {
      const manager = new BlockingCoordinationManager({
        redisClient: redis,
        coordinatorId,
        hmacSecret: 'a secret of more than thirty-two bytes',
        timeoutThreshold: 60_000,
        heartbeatInterval: 3_600_000,
        trackCompletion,
      })
      stops.push(() => manager.cleanup())
      return manager
    }
    const signals = new BlockingCoordinationSignals({
      redisHost: server.host,
      redisPort: server.port,
      signalTTL: 3600,
    })
    await signals.connect()
    stops.push(() => signals.disconnect())
    const parent = createManager('parent')
    const a = createManager('a')
    const b = createManager('b', true)
    for (const it of [parent, a, b]) await it.recordActivity('loop-3')

    await signals.broadcast('parent', ['a', 'b', 'nobody'], 'status_update', 1, { task: 'x' })
    await signals.sendSignal('stranger', 'a', 'completion', 1)
    await expectFoldToEqualRecords()
    for (const manager of [a, b]) {
      const signal = await manager.waitForSignal({ timeoutMs: 5000 })
      if (signal) await manager.acknowledgeSignal(signal)
      if (signal && manager === b) await manager.completeSignal(signal.signalId, 'done')
    }
    await expectFoldToEqualRecords()
    const cancelled = await signals.sendSignal('parent', 'b', 'retry', 2)
    await signals.cancelSignal(cancelled.messageId)
    const conflict = { idempotencyKey: 'k' }
    await signals.sendSignal('parent', 'b', 'error', 3, 'x', conflict)
    await signals.sendSignal('parent', 'b', 'error', 3, 'y', conflict).catch(() => {})
    const byHand = {
      signalId: 'by-hand',
      source: 'parent',
      targets: ['b', 'a'],
      type: 'completion' as const,
      timestamp: Date.now(),
    }
    await a.acknowledgeSignal(byHand)
    await expectFoldToEqualRecords()
    await b.acknowledgeSignal(byHand)
    const both = await expectFoldToEqualRecords()
    expect(both.signals.get('by-hand')?.targets.map((it) => it.coordinatorId)).toEqual(['a', 'b'])
    const expiring = await signals.sendSignal('parent', 'b', 'validation', 4)
    await redis.zadd(ns.keys.deadlines, 1, `signal:${expiring.messageId}`)
    await monitor().sweep()
    await expectFoldToEqualRecords()
    const handler = new CoordinatorTimeoutHandler({ redisClient: redis })
    await handler.escalateDeadCoordinator('a', 's', { force: true, reason: 'test' })
    await signals.sendSignal('parent', 'a', 'completion', 5)
    const folded = await expectFoldToEqualRecords()
    const states = [...folded.signals.values()].flatMap((it) => it.targets.map((t) => t.state))
    expect(new Set(states)).toEqual(
      new Set(['pending', 'acked', 'completed', 'cancelled', 'expired']),
    )
  })

  it('through breakers that open, close, are forced, and go with their owner', async () => {
    const { life } = createLife('a')
    await life.ensure()
    const breaker = new CircuitBreaker({
      name: 'model',
      threshold: 1,
      cooldownMs: 60_000,
      delays: [1],
    })
    const owner = { coordinatorId: 'a', life, runner: ns.runner('a') }
    const unpublish = publishBreaker(breaker, owner)
    const published = (type: string) => until(async () => (await ns.types()).includes(type))
    await published('breaker.closed')
    await expectFoldToEqualRecords()
    await breaker.execute(() => Promise.reject(new Error('no answer'))).catch(() => {})
    await published('breaker.opened')
    await expectFoldToEqualRecords()
    await ns
      .runner('operator:ann')
      .run(
        'forceBreaker',
        [ns.keys.breaker('a', 'model'), ns.keys.events, ns.keys.coordinator('a')],
        ['a', 'model', 'closed', 'it works again'],
      )
    await expectFoldToEqualRecords()
    unpublish()
    await life.stop()
    await redis.zadd(ns.keys.deadlines, 1, 'coordinator:a')
    await monitor().sweep()
    const folded = await expectFoldToEqualRecords()
    expect(folded.breakers.size).toBe(0)
    expect(await redis.keys('*breaker*')).toEqual([])
  })

  it('through rounds of votes', async () => {
    const validators = ['v-1', 'v-2']
    for (const id of validators) await createLife(id).life.ensure()
    const round = new LoopConsensus({
      redisClient: redis,
      swarmId: 's',
      loop: 2,
      iteration: 1,
      runId: 'r',
      threshold: 0.9,
      validators,
      policy: 'average',
    })
    await round.open()
    await round.vote({ validatorId: 'v-1', confidence: 0.92, issues: [], recommendations: ['x'] })
    await round.vote({ validatorId: 'v-1', confidence: 0.85, issues: ['y'], recommendations: [] })
    await expectFoldToEqualRecords()
    await round.vote({ validatorId: 'v-2', confidence: 0.95, issues: [], recommendations: ['x'] })
    const folded = await expectFoldToEqualRecords()
    expect([...folded.consensus.values()][0]?.outcome?.decision).toBe('proceed')
  })
})

describe('a snapshot', () => {
  it('and the tail after it, read while everything changes, are the same board', async () => {
    const { life } = createLife('a')
    await life.ensure()
    let changing = true
    const changes = (async () => {
      for (let i = 1; changing; i++) {
        await life.recordActivity(`phase-${i}`, i)
        if (i % 3 === 0) await createLife(`c-${i}`).life.ensure()
      }
    })()
    const board = createBoardStore(redis, ns.keys)
    const snapshots: View[] = []
    for (let i = 0; i < 20; i++) {
      const { view } = await board.read({ settledSignals: 10, settledConsensus: 10 })
      snapshots.push(viewFromWire(view))
    }
    changing = false
    await changes
    const events = await ns.events()
    const whole = comparable(applyEvents(emptyView(''), events))
    for (const snapshot of snapshots) {
      expect(comparable(applyEvents(snapshot, events))).toEqual(whole)
    }
  })

  it('leaves out what cannot be read, and says so', async () => {
    await createLife('a').life.ensure()
    await redis.sadd(ns.keys.coordinators, 'foreign', 'malformed', 'gone')
    await redis.set(ns.keys.coordinator('foreign'), 'text')
    await redis.hset(ns.keys.coordinator('malformed'), 'liveness', 'sleepy')
    await redis.zadd(ns.keys.signals, 1, 'x')
    await redis.hset(ns.keys.signalRecord('x'), 'signal', '{')
    await redis.hset(ns.keys.attention, 'dead:a', '[]')
    const { view, problems } = await createBoardStore(redis, ns.keys).read({
      settledSignals: 10,
      settledConsensus: 10,
    })
    expect(view.coordinators.map((it) => it.id)).toEqual(['a'])
    expect(problems.map((it) => it.key).sort()).toEqual([
      'blocking:attention dead:a',
      'blocking:coordinator:foreign',
      'blocking:coordinator:malformed',
      'blocking:signal-record:x',
    ])
  })
})
