import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { StartRequest } from '@/lib/cfn-loop/spawner'
import {
  isClaimRefusedError,
  isCoordinatorStateError,
  isFencedError,
  isWorkFullError,
} from '@/lib/redis/errors'
import { createBoardStore } from '@/lib/redis/stores/board-store'
import { readWorkItems } from '@/lib/redis/stores/work-store'
import { until } from '../../until'
import { boxOfThisFile } from './box-of-this-file'
import { testNamespace } from './namespace'

const { server, box, redis, ns } = await boxOfThisFile()
const { life: createLife, escalate, sweep } = box

describe('work items', () => {
  it('are stored, replaced, completed and listed', async () => {
    const { work } = createLife('a')
    await work.store('w-1', { files: ['x.ts'], empty: [], ratio: 0.1 })
    await work.store('w-2', 'text')
    await work.store('w-2', 'text')
    await work.store('w-2', 'other')
    expect(await work.complete('w-1')).toBe(true)
    expect(await work.complete('w-1')).toBe(false)
    expect(await work.list()).toMatchObject([{ workId: 'w-2', data: 'other' }])
    expect((await ns.types()).slice(1)).toEqual([
      'work.stored',
      'work.stored',
      'work.stored',
      'work.completed',
    ])
    expect((await ns.record('a')).workItems).toBe('1')
  })

  it('are bounded', async () => {
    const { work } = createLife('a')
    for (let i = 0; i < 1000; i += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, n) => work.store(`w-${i + n}`, n)))
    }
    await expect(work.store('one-more', 1)).rejects.toSatisfy(isWorkFullError)
    await work.store('w-5', 'known ones can still change')
  })
})

describe('an escalation', () => {
  it('fences, creates the replacement, moves the work with its provenance, and asks for a process', async () => {
    const { life, work } = createLife('a', { swarmId: 's', phase: 'loop-3', iteration: 3 })
    await work.store('w-1', { files: [], ratio: 0.1 })
    await work.store('w-2', [])
    const done = await escalate('a')
    expect(done.claimed).toBe(true)
    expect(done.newCoordinatorId).toMatch(/^coordinator-\d{13}-[0-9a-z]{6}$/)

    expect(await readWorkItems(redis, ns.keys, 'a')).toEqual([])
    expect(await readWorkItems(redis, ns.keys, done.newCoordinatorId)).toMatchObject([
      { workId: 'w-1', from: 'a', data: { files: [], ratio: 0.1 } },
      { workId: 'w-2', from: 'a', data: [] },
    ])
    const old = await ns.record('a')
    const fresh = await ns.record(done.newCoordinatorId)
    expect(old).toMatchObject({ liveness: 'escalated', replacedBy: done.newCoordinatorId })
    expect(fresh).toMatchObject({
      liveness: 'starting',
      swarm: 's',
      phase: 'loop-3',
      iteration: '3',
      replaces: 'a',
      workItems: '2',
      spawnState: 'requested',
    })
    expect(Number(fresh.epoch)).toBeGreaterThan(life.incarnation?.epoch ?? Infinity)
    expect(
      await redis.hgetall(ns.keys.escalation('a', life.incarnation?.epoch ?? 0)),
    ).toMatchObject({
      newCoordinatorId: done.newCoordinatorId,
      by: 'operator:ann',
      reason: 'it hangs',
      movedWorkItems: '2',
    })
    expect(await redis.xlen(ns.keys.spawn)).toBe(1)

    await expect(work.store('w-3', 1)).rejects.toSatisfy(isFencedError)
    await expect(work.complete('w-1')).rejects.toSatisfy(isFencedError)
    expect((await ns.record('a')).refused).toBe('2')
    expect((await escalate('a')).newCoordinatorId).toBe(done.newCoordinatorId)
    expect((await escalate('a')).claimed).toBe(false)
  })

  it('of a living one without force is refused', async () => {
    const { life } = createLife('a')
    await life.ensure()
    await expect(escalate('a', { force: false })).rejects.toSatisfy(isCoordinatorStateError)
  })

  it('belongs to one life: who starts afresh under the old id has nothing of it', async () => {
    const { work } = createLife('a')
    await work.store('w', 1)
    const first = await escalate('a')
    const { life, work: newWork } = createLife('a')
    await life.ensure()
    const record = await ns.record('a')
    expect(record.liveness).toBe('active')
    expect(record.replacedBy).toBeUndefined()
    expect(await newWork.list()).toEqual([])
    const second = await escalate('a')
    expect(second.newCoordinatorId).not.toBe(first.newCoordinatorId)
  })

  it('is pressed by twenty at once, and happens once', async () => {
    const { work } = createLife('a')
    await Promise.all(Array.from({ length: 20 }, (_, i) => work.store(`w-${i}`, i)))
    const clients = Array.from({ length: 5 }, () => server.client())
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        box.escalate(
          'a',
          { monitorId: `m${i}` },
          testNamespace(clients[i % 5] ?? redis).runner(`operator:o${i}`),
        ),
      ),
    )
    expect(all.filter((it) => it.claimed)).toHaveLength(1)
    expect(new Set(all.map((it) => it.newCoordinatorId)).size).toBe(1)
    const id = all[0]?.newCoordinatorId ?? ''
    expect(await readWorkItems(redis, ns.keys, id)).toHaveLength(20)
    expect((await ns.types()).filter((it) => it === 'coordinator.escalated')).toHaveLength(1)
    expect(await redis.xlen(ns.keys.spawn)).toBe(1)
  })
})

describe('a replacement', () => {
  it('is adopted by the first process that registers, and active from its own first beat', async () => {
    const { work } = createLife('a', { swarmId: 's', phase: 'loop-3', iteration: 3 })
    await work.store('w', 1)
    const { newCoordinatorId, claim } = await escalate('a')
    const before = await ns.record(newCoordinatorId)
    const { life, work: inherited } = createLife(newCoordinatorId, { claim })
    await life.ensure()
    const adopted = await ns.record(newCoordinatorId)
    expect(adopted.epoch).toBe(before.epoch)
    await once(life, 'beat')
    expect(await ns.record(newCoordinatorId)).toMatchObject({
      liveness: 'active',
      phase: 'loop-3',
      iteration: '3',
      swarm: 's',
      replaces: 'a',
    })
    expect(life.registered).toMatchObject({ phase: 'loop-3', iteration: 3, swarmId: 's' })
    expect(await inherited.list()).toMatchObject([{ workId: 'w', from: 'a' }])
    expect(await redis.xlen(ns.keys.spawn)).toBe(0)
    const types = (await ns.types()).slice(-2)
    expect(types).toEqual(['coordinator.registered', 'coordinator.started'])
  })

  it('is refused to who shows a wrong claim, or the same twice', async () => {
    await createLife('a').life.ensure()
    const { newCoordinatorId, claim } = await escalate('a')
    const { life: wrong } = createLife(newCoordinatorId, { claim: 'guessed' })
    await expect(wrong.ensure()).rejects.toSatisfy(isClaimRefusedError)
    const { life } = createLife(newCoordinatorId, { claim, heartbeatInterval: 60_000 })
    await life.ensure()
    const { life: again } = createLife(newCoordinatorId, { claim })
    await expect(again.ensure()).rejects.toSatisfy(isClaimRefusedError)
  })

  it('that never comes has failed, keeps what it was given, and is escalated again', async () => {
    const { work } = createLife('a')
    await work.store('w', 1)
    const first = await escalate('a', { startWithinMs: 50 })
    await sleep(60)
    await sweep()
    expect(await ns.liveness(first.newCoordinatorId)).toBe('failed')
    const { view } = await createBoardStore(redis, ns.keys).read({
      settledSignals: 10,
      settledConsensus: 10,
    })
    expect(view.spawns).toMatchObject([{ state: 'failed', reason: 'no process came in time' }])
    const second = await escalate(first.newCoordinatorId, { force: false })
    expect(await readWorkItems(redis, ns.keys, second.newCoordinatorId)).toMatchObject([
      { workId: 'w', from: 'a' },
    ])
    expect(await redis.xlen(ns.keys.spawn)).toBe(1)
  })

  it('that comes late, before anybody replaced it, is welcome', async () => {
    await createLife('a').life.ensure()
    const { newCoordinatorId } = await escalate('a', { startWithinMs: 20 })
    await sleep(30)
    await sweep()
    const { life } = createLife(newCoordinatorId)
    await life.ensure()
    expect(await ns.record(newCoordinatorId)).toMatchObject({ liveness: 'active', replaces: 'a' })
    expect((await ns.record(newCoordinatorId)).spawnState).toBeUndefined()
  })
})

describe('signals of one that is replaced', () => {
  const createManager = (id: string) => box.manager(id, { timeoutThreshold: 60_000 })

  it('are handed over, old and new ones, and its ACKs free whoever waits for the old one', async () => {
    const old = createManager('a')
    await old.recordActivity('loop-3')
    const signals = await box.signals()
    const before = await signals.sendSignal('parent', 'a', 'completion', 1)
    const both = await signals.broadcast('parent', ['a', 'b'], 'status_update', 1)
    const { newCoordinatorId } = await escalate('a')
    const after = await signals.sendSignal('parent', 'a', 'retry', 2)
    expect((await signals.listPending('a')).length).toBe(0)

    const parent = createManager('parent')
    const waiting = parent.waitForAcks(['a'], before.messageId, 20_000)
    const replacement = createManager(newCoordinatorId)
    const got: string[] = []
    for (let i = 0; i < 3; i++) {
      const signal = await replacement.waitForSignal({ timeoutMs: 5000 })
      if (!signal) break
      got.push(signal.signalId)
      const ack = await replacement.acknowledgeSignal(signal)
      expect(ack).toMatchObject({ coordinatorId: newCoordinatorId, onBehalfOf: 'a' })
    }
    expect(got).toEqual([before.messageId, both.messageId, after.messageId])
    expect((await waiting).get('a')?.coordinatorId).toBe(newCoordinatorId)
    const redirected = (await ns.events()).filter((it) => it.type === 'signal.redirected')
    expect(redirected.map((it) => it.data)).toMatchObject([
      { signalId: before.messageId, target: 'a', from: 'a', to: newCoordinatorId },
      { signalId: both.messageId, target: 'a', from: 'a', to: newCoordinatorId },
    ])
    await expect(old.acknowledgeSignal(inHand(before.messageId))).rejects.toSatisfy(isFencedError)
  })

  it('follow a chain of replacements; who starts afresh under the old id has an empty inbox', async () => {
    await createManager('a').recordActivity('x')
    const signals = await box.signals()
    const sent = await signals.sendSignal('parent', 'a', 'completion', 1)
    const first = await escalate('a', { startWithinMs: 20 })
    await sleep(30)
    await sweep()
    const second = await escalate(first.newCoordinatorId)
    const late = await signals.sendSignal('parent', 'a', 'completion', 2)
    expect((await signals.listPending(second.newCoordinatorId)).map((it) => it.signalId)).toEqual([
      sent.messageId,
      late.messageId,
    ])
    const afresh = createManager('a')
    await afresh.recordActivity('new life')
    expect(await afresh.waitForSignal({ timeoutMs: 0 })).toBeNull()
    const own = await signals.sendSignal('parent', 'a', 'completion', 3)
    expect((await afresh.waitForSignal({ timeoutMs: 5000 }))?.signalId).toBe(own.messageId)
  })
})

/** The signal as the old one had it in hand. */
const inHand = (signalId: string) => ({
  signalId,
  source: 'parent',
  targets: ['a'],
  type: 'completion' as const,
  iteration: 1,
  timestamp: Number(signalId.split(':').at(-1)),
})

describe('a spawner', () => {
  it('hears of a request at once, hands on a claim, and the process takes up what was left', async () => {
    const started: StartRequest[] = []
    box.spawner(async (request) => {
      started.push(request)
      await createLife(request.coordinatorId, { claim: request.claim }).life.ensure()
      return { pid: 4711 }
    })
    await createLife('a', { swarmId: 's', phase: 'loop-2' }).life.ensure()
    const { newCoordinatorId, claim } = await escalate('a')
    await until(async () => (await ns.liveness(newCoordinatorId)) === 'active')
    expect(started).toMatchObject([
      { coordinatorId: newCoordinatorId, replaces: 'a', swarmId: 's', phase: 'loop-2' },
    ])
    expect(started[0]?.claim).not.toBe(claim)
  })

  it('hears of requests by a client that queues nothing while it is not connected, too', async () => {
    const strict = server.client({ enableOfflineQueue: false, maxRetriesPerRequest: 0 })
    await once(strict, 'ready')
    const spawner = box.spawner(async () => ({ pid: 4711 }), strict)
    const problems: unknown[] = []
    spawner.on('problem', (problem) => problems.push(problem))
    await createLife('a').life.ensure()
    const running = once(spawner, 'running')
    await escalate('a')
    expect((await running)[0]).toMatchObject({ replaces: 'a' })
    expect(problems).toEqual([])
  })

  it('is one of several: each request is taken up once', async () => {
    const started: string[] = []
    const start = async (request: StartRequest) => {
      started.push(request.coordinatorId)
      return { pid: 1 }
    }
    for (const id of ['a', 'b', 'c', 'd']) await createLife(id).life.ensure()
    // Two requests are there before the spawners, two come while they run.
    await escalate('a')
    await escalate('b')
    for (let i = 0; i < 4; i++) box.spawner(start)
    await escalate('c')
    await escalate('d')
    await until(() => started.length >= 4)
    await until(async () => (await ns.types()).filter((it) => it === 'spawn.running').length === 4)
    expect(new Set(started).size).toBe(4)
    expect(started).toHaveLength(4)
  })

  it('says when its process could not be started, or ended before it beat', async () => {
    const spawner = box.spawner(async (request) => {
      if (request.replaces === 'a') throw new Error('no such program')
      return { pid: 1, ended: Promise.resolve('exited with code 3') }
    })
    await createLife('a').life.ensure()
    await createLife('b').life.ensure()
    const { newCoordinatorId: forA } = await escalate('a')
    await once(spawner, 'failed')
    const { newCoordinatorId: forB } = await escalate('b')
    await until(async () => (await ns.liveness(forB)) === 'failed')
    expect(await ns.record(forA)).toMatchObject({
      liveness: 'failed',
      spawnReason: 'no such program',
    })
    expect((await ns.record(forB)).spawnReason).toBe('exited with code 3')
  })
})
