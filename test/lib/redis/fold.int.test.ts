import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { LoopConsensus } from '@/lib/cfn-loop/loop-consensus'
import { publishBreaker } from '@/lib/cfn-loop/publish-breaker'
import { setNamespaceThreshold } from '@/lib/cfn-loop/set-namespace-threshold'
import { createBoardStore } from '@/lib/redis/stores/board-store'
import { applyEvents } from '@/lib/view/reduce'
import { emptyView, type View, viewFromWire } from '@/lib/view/view'
import { NAMESPACE } from '../../labs/core-redis'
import { until } from '../../until'
import { boxOfThisFile } from '../cfn-loop/box-of-this-file'
import { comparable, expectFoldToEqualRecords } from '../cfn-loop/fold-and-records'
import { NEVER } from '../cfn-loop/signals-harness'

const { server, box, redis, ns } = await boxOfThisFile()
const { life: createLife, monitor } = box
const expectFold = () => expectFoldToEqualRecords(redis, ns)

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
    const folded = await expectFold()
    expect(folded.coordinators.get('a')?.waits).toHaveLength(1)
    await createLife('a').life.ensure()
    await a.recordActivity('late').catch(() => {})
    await b.stop()
    await expectFold()
  })

  it('through staleness, death, recovery, loss and being forgotten', async () => {
    const sweep = monitor()
    await sweep.sweep()
    for (const id of ['a', 'b', 'c']) {
      await createLife(id, { timeoutThreshold: 200, heartbeatInterval: NEVER }).life.ensure()
    }
    await sleep(110)
    await sweep.sweep()
    await expectFold()
    await sleep(110)
    await sweep.sweep()
    const folded = await expectFold()
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
    const after = await expectFold()
    expect([...after.coordinators.keys()].sort()).toEqual(['a', 'c', 'd'])
  })

  it('through work, escalations, replacements that come, fail and come late', async () => {
    const handler = box.handler()
    const { work } = createLife('a', { swarmId: 's', phase: 'loop-3' })
    await work.store('w-1', 1)
    await work.store('w-2', 2)
    await work.complete('w-1')
    const first = await handler.escalateDeadCoordinator('a', 's', {
      force: true,
      reason: 'test',
      startWithinMs: 40,
    })
    await expectFold()
    await sleep(50)
    await monitor().sweep()
    await expectFold()
    const second = await handler.escalateDeadCoordinator(first ?? '', 's', { reason: 'failed' })
    await expectFold()
    box.spawner(async (request) => {
      if (request.replaces === 'b') throw new Error('no program')
      await createLife(request.coordinatorId, { heartbeatInterval: NEVER }).life.ensure()
      return { pid: 4711 }
    })
    await until(async () => (await ns.liveness(second ?? '')) === 'active')
    await expectFold()
    await createLife('b').life.ensure()
    const third = await handler.escalateDeadCoordinator('b', 's', { force: true, reason: 'test' })
    await until(async () => (await ns.liveness(third ?? '')) === 'failed')
    await expectFold()
    await createLife(third ?? '').life.ensure()
    const folded = await expectFold()
    expect(folded.coordinators.get(third ?? '')?.liveness).toBe('active')
    await handler.cleanupTimeoutCoordinator(third ?? '')
    await expectFold()
  })

  it('through activity by hand', async () => {
    const handler = box.handler({ timeoutThreshold: 60_000 })
    await handler.recordActivity('a', 0, 'loop-3')
    await handler.recordActivity('a', 1, 'loop-2')
    await createLife('b').life.ensure()
    await handler.recordActivity('b', 3, 'seen')
    await expectFold()
    await handler.escalateDeadCoordinator('a', 's', { force: true, reason: 'test' })
    await handler.recordActivity('a', 2).catch(() => {})
    await handler.cleanupTimeoutCoordinator('b')
    await expectFold()
  })

  it('through signals that are acknowledged, completed, cancelled, expired, refused and handed over', async () => {
    const createManager = (coordinatorId: string, trackCompletion = false) =>
      box.manager(coordinatorId, {
        timeoutThreshold: 60_000,
        heartbeatInterval: NEVER,
        trackCompletion,
      })
    const signals = await box.signals({ signalTTL: 3600 })
    const parent = createManager('parent')
    const a = createManager('a')
    const b = createManager('b', true)
    for (const it of [parent, a, b]) await it.recordActivity('loop-3')

    await signals.broadcast('parent', ['a', 'b', 'nobody'], 'status_update', 1, { task: 'x' })
    await signals.sendSignal('stranger', 'a', 'completion', 1)
    await expectFold()
    for (const manager of [a, b]) {
      const signal = await manager.waitForSignal({ timeoutMs: 5000 })
      if (signal) await manager.acknowledgeSignal(signal)
      if (signal && manager === b) await manager.completeSignal(signal.signalId, 'done')
    }
    await expectFold()
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
    await expectFold()
    await b.acknowledgeSignal(byHand)
    const both = await expectFold()
    expect(both.signals.get('by-hand')?.targets.map((it) => it.coordinatorId)).toEqual(['a', 'b'])
    const expiring = await signals.sendSignal('parent', 'b', 'validation', 4)
    await redis.zadd(ns.keys.deadlines, 1, `signal:${expiring.messageId}`)
    await monitor().sweep()
    await expectFold()
    const handler = box.handler()
    await handler.escalateDeadCoordinator('a', 's', { force: true, reason: 'test' })
    await signals.sendSignal('parent', 'a', 'completion', 5)
    const folded = await expectFold()
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
    await expectFold()
    await breaker.execute(() => Promise.reject(new Error('no answer'))).catch(() => {})
    await published('breaker.opened')
    await expectFold()
    await ns
      .runner('operator:ann')
      .run(
        'forceBreaker',
        [ns.keys.breaker('a', 'model'), ns.keys.events, ns.keys.coordinator('a')],
        ['a', 'model', 'closed', 'it works again'],
      )
    await expectFold()
    unpublish()
    await life.stop()
    await redis.zadd(ns.keys.deadlines, 1, 'coordinator:a')
    await monitor().sweep()
    const folded = await expectFold()
    expect(folded.breakers.size).toBe(0)
    expect(await server.keys('*breaker*')).toEqual([])
  })

  it('through rounds of votes', async () => {
    const validators = ['v-1', 'v-2']
    for (const id of validators) await createLife(id).life.ensure()
    const round = new LoopConsensus({
      redisClient: redis,
      namespace: NAMESPACE,
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
    await expectFold()
    await round.vote({ validatorId: 'v-2', confidence: 0.95, issues: [], recommendations: ['x'] })
    const folded = await expectFold()
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
      `${ns.keys.attention} dead:a`,
      ns.keys.coordinator('foreign'),
      ns.keys.coordinator('malformed'),
      ns.keys.signalRecord('x'),
    ])
  })
})
