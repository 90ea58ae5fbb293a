import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { CoordinatorTimeoutHandler } from '@/lib/cfn-loop/coordinator-timeout-handler'
import { LoopConsensus } from '@/lib/cfn-loop/loop-consensus'
import { publishBreaker } from '@/lib/cfn-loop/publish-breaker'
import { type CommandService, createCommandService } from '@/lib/commands/command-service'
import { createCommands } from '@/lib/commands/create-commands'
import { admitBulk, executeBulk } from '@/lib/commands/execute-bulk'
import type { BulkInput, BulkTargetResult } from '@/lib/protocol/commands'
import type { EventType } from '@/lib/protocol/events'
import { SEQUENCE_START } from '@/lib/protocol/ids'
import { namespaceKeys, serverKeys } from '@/lib/redis/keys'
import { createScriptRunner } from '@/lib/redis/run-script'
import { createEventLog } from '@/lib/redis/stores/event-log'
import { createSignalStore } from '@/lib/redis/stores/signal-store'
import { startTestRedis, type TestRedis } from '@/test/redis'

const keys = namespaceKeys()
const mira = { user: 'mira', role: 'operator', address: '192.0.2.7' } as const
const noor = { user: 'noor', role: 'admin' } as const
const reason = 'it hangs'

let server: TestRedis
let redis: ReturnType<TestRedis['client']>
let commands: CommandService
let handler: CoordinatorTimeoutHandler

function controlRoom(client = redis): CommandService {
  return createCommandService({
    redis: client,
    scriptsAs: (actor) => createScriptRunner(client, keys, actor),
    commands: createCommands({ sweepMs: 1000 }),
  })
}

beforeAll(async () => {
  server = await startTestRedis()
  redis = server.client()
})
beforeEach(async () => {
  await server.flush()
  commands = controlRoom()
  handler = new CoordinatorTimeoutHandler({ redisClient: redis, timeoutThreshold: 60_000 })
})
afterEach(() => handler.stopMonitoring())
afterAll(() => server.stop())

async function events(...types: EventType[]) {
  const page = await createEventLog(redis, keys).after(SEQUENCE_START)
  expect(page.problems).toEqual([])
  return page.events.filter((it) => types.includes(it.type))
}

const audit = async () => (await commands.audit.page({ limit: 1000 })).entries

/** A coordinator whose monitor found it dead. */
async function dead(id: string) {
  const short = new CoordinatorTimeoutHandler({ redisClient: redis, timeoutThreshold: 20 })
  await short.recordActivity(id, 3, 'loop-3')
  await expect.poll(() => short.checkCoordinatorTimeout(id)).toBe(true)
}

describe('escalate', () => {
  it('replaces the dead once, whoever presses, and tells who did and why', async () => {
    await dead('worker')
    const input = { coordinatorId: 'worker', reason }
    const first = await commands.execute('escalate-coordinator', input, mira)
    const second = await commands.execute('escalate-coordinator', input, noor)
    expect(first.claimed).toBe(true)
    expect(second).toEqual({ ...first, claimed: false })

    const [escalated, ...more] = await events('coordinator.escalated')
    expect(more).toEqual([])
    expect(escalated).toMatchObject({ actor: 'operator:mira', data: { reason } })
    const acted = await events('operator.acted')
    expect(acted.map((it) => it.actor)).toEqual(['operator:mira', 'operator:noor'])
    expect(acted[0]).toMatchObject({
      entity: 'operator:mira',
      data: { action: 'escalate-coordinator', targets: ['worker'], reason },
    })
    expect(await audit()).toMatchObject([
      { who: 'noor', outcome: 'done', targets: ['worker'], reason },
      { who: 'mira', outcome: 'done', targets: ['worker'], reason, address: '192.0.2.7' },
    ])
  })

  it('refuses one that lives, unless forced', async () => {
    await handler.recordActivity('worker', 0)
    const input = { coordinatorId: 'worker', reason }
    await expect(commands.execute('escalate-coordinator', input, mira)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('not dead'),
    })
    expect((await audit())[0]).toMatchObject({ outcome: 'failed' })
    expect(await events('operator.acted', 'coordinator.escalated')).toEqual([])
    const forced = await commands.execute('escalate-coordinator', { ...input, force: true }, mira)
    expect(forced.claimed).toBe(true)
  })

  it('hands on what one left behind that was cleaned up', async () => {
    await handler.recordActivity('worker', 0)
    await commands.execute('send-signal', { targets: ['worker'], type: 'completion' }, mira)
    await commands.execute('cleanup-coordinator', { coordinatorId: 'worker', reason }, mira)
    const input = { coordinatorId: 'worker', reason }
    await expect(commands.execute('forget-coordinator', input, mira)).rejects.toMatchObject({
      message: expect.stringContaining('1 pending signals'),
    })
    await expect(commands.execute('escalate-coordinator', input, mira)).rejects.toThrow(/stopped/)
    const { newCoordinatorId } = await commands.execute(
      'escalate-coordinator',
      { ...input, force: true },
      mira,
    )
    expect(await redis.xlen(keys.inbox(newCoordinatorId))).toBe(1)
    await commands.execute('forget-coordinator', input, mira)
  })

  it('says that nobody has that name', async () => {
    const input = { coordinatorId: 'nobody', reason }
    await expect(commands.execute('escalate-coordinator', input, mira)).rejects.toMatchObject({
      kind: 'not-found',
    })
  })
})

describe('clean up and forget', () => {
  it('forgets only what has ended and holds nothing', async () => {
    await handler.recordActivity('worker', 0)
    const input = { coordinatorId: 'worker', reason }
    await expect(commands.execute('forget-coordinator', input, mira)).rejects.toMatchObject({
      kind: 'conflict',
      hint: expect.stringContaining('clean it up'),
    })
    await commands.execute('cleanup-coordinator', input, mira)
    expect(await redis.hget(keys.coordinator('worker'), 'liveness')).toBe('stopped')

    const signal = { targets: ['worker'], type: 'status_update' }
    const { signalId } = await commands.execute('send-signal', signal, mira)
    await expect(commands.execute('forget-coordinator', input, mira)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('1 pending signals'),
    })
    await commands.execute('cancel-signal', { signalId, reason }, mira)
    await commands.execute('forget-coordinator', input, mira)
    expect(await redis.exists(keys.coordinator('worker'))).toBe(0)
    for (const name of ['forget-coordinator', 'cleanup-coordinator'] as const) {
      await expect(commands.execute(name, input, mira)).rejects.toMatchObject({ kind: 'not-found' })
    }
  })
})

describe('send', () => {
  beforeEach(async () => {
    await handler.recordActivity('worker-a', 0)
    await handler.recordActivity('worker-b', 0)
  })

  it('sends one signal to all targets, in the control room’s name, with who pressed', async () => {
    const input = {
      targets: ['worker-a', 'worker-b', 'worker-a'],
      type: 'retry_request',
      payload: { n: 1 },
    }
    const { signalId } = await commands.execute('send-signal', input, mira)
    expect(signalId).toMatch(/^control-room:\*:retry_request:0:\d+$/)
    const [record] = await createSignalStore(redis, keys).read([signalId])
    expect(record?.signal).toMatchObject({ targets: ['worker-a', 'worker-b'], payload: { n: 1 } })
    expect(record?.view).toMatchObject({ source: 'control-room', sentBy: 'mira' })
  })

  it('is the same signal under the same key, and a conflict with another payload', async () => {
    const input = { targets: ['worker-a'], type: 'completion', idempotencyKey: 'once' }
    const first = await commands.execute('send-signal', input, mira)
    const second = await commands.execute('send-signal', input, noor)
    expect(second).toEqual({ ...first, isDuplicate: true })
    await expect(
      commands.execute('send-signal', { ...input, payload: 'other' }, mira),
    ).rejects.toMatchObject({ kind: 'conflict' })
  })

  it('refuses who is not there, and payloads too large or too deep', async () => {
    const to = { targets: ['worker-a'], type: 'completion' }
    await expect(
      commands.execute('send-signal', { ...to, targets: ['worker-a', 'wroker-b'] }, mira),
    ).rejects.toMatchObject({ kind: 'not-found', message: expect.stringContaining('wroker-b') })
    const deep = JSON.parse(`${'['.repeat(9)}${']'.repeat(9)}`)
    for (const payload of ['x'.repeat(17_000), deep]) {
      await expect(commands.execute('send-signal', { ...to, payload }, mira)).rejects.toMatchObject(
        {
          kind: 'invalid',
          fields: [expect.objectContaining({ field: 'payload' })],
        },
      )
    }
    expect(await events('signal.sent')).toEqual([])
  })

  it('is taken back from who has not answered, once', async () => {
    const input = { targets: ['worker-a', 'worker-b'], type: 'completion' }
    const { signalId } = await commands.execute('send-signal', input, mira)
    const cancelled = await commands.execute('cancel-signal', { signalId, reason }, noor)
    expect(cancelled).toEqual({ signalId, cancelled: ['worker-a', 'worker-b'] })
    expect(await events('signal.cancelled')).toMatchObject([
      { actor: 'operator:noor', data: { signalId, reason } },
    ])
    await expect(
      commands.execute('cancel-signal', { signalId, reason }, mira),
    ).rejects.toMatchObject({
      kind: 'conflict',
    })
  })
})

describe('attention', () => {
  const entry = 'coordinator:worker:dead'

  it('is acknowledged by name, with an event and one audit entry', async () => {
    await commands.execute('acknowledge-attention', { entry }, mira)
    const [acted, ...more] = await events('operator.acted')
    expect(more).toEqual([])
    const mark = JSON.parse((await redis.hget(keys.attention, entry)) ?? '')
    expect(mark).toEqual({
      entry,
      kind: 'acknowledged',
      by: 'mira',
      at: acted?.at,
      seq: acted?.seq,
    })
    expect(await audit()).toHaveLength(1)
  })

  it('is snoozed until a time in the next seven days', async () => {
    const [seconds] = await redis.time()
    const now = Number(seconds) * 1000
    await commands.execute('snooze-attention', { entry, until: now + 3_600_000 }, mira)
    expect(JSON.parse((await redis.hget(keys.attention, entry)) ?? '')).toMatchObject({
      kind: 'snoozed',
      until: now + 3_600_000,
    })
    for (const until of [now - 1000, now + 8 * 86_400_000]) {
      await expect(
        commands.execute('snooze-attention', { entry, until }, mira),
      ).rejects.toMatchObject({ kind: 'invalid' })
    }
  })

  it('keeps a thousand marks, the latest', async () => {
    for (let i = 0; i < 1010; i++) {
      await commands.execute('acknowledge-attention', { entry: `coordinator:w-${i}:dead` }, mira)
    }
    expect(await redis.hlen(keys.attention)).toBe(1000)
    expect(await redis.hexists(keys.attention, 'coordinator:w-1009:dead')).toBe(1)
  })
})

describe('who may', () => {
  it('is checked here, whatever a route lets through, and a refusal is in audit and log', async () => {
    const viewer = { user: 'vera', role: 'viewer' } as const
    await dead('worker')
    await expect(
      commands.execute('escalate-coordinator', { coordinatorId: 'worker', reason }, viewer),
    ).rejects.toMatchObject({ kind: 'forbidden' })
    expect(await events('coordinator.escalated')).toEqual([])
    expect(await events('operator.refused')).toMatchObject([
      { actor: 'operator:vera', data: { action: 'escalate-coordinator', targets: ['worker'] } },
    ])
    expect(await audit()).toMatchObject([{ who: 'vera', outcome: 'refused' }])
  })

  it('is not told what is wrong with what they sent', async () => {
    const viewer = { user: 'vera', role: 'viewer' } as const
    for (const input of [null, 'x', { coordinatorId: '\r\n' }]) {
      await expect(commands.execute('forget-coordinator', input, viewer)).rejects.toMatchObject({
        kind: 'forbidden',
      })
    }
  })
})

describe('one press', () => {
  it('has one effect, however often and on however many servers it arrives', async () => {
    await handler.recordActivity('worker', 0)
    const servers = [commands, controlRoom(server.client()), controlRoom(server.client())]
    const presses = Array.from({ length: 100 }, (_, i) => `press-${i}-0000`)
    const results = await Promise.all(
      presses.flatMap((requestId) =>
        servers.map((it) => {
          const input = { targets: ['worker'], type: 'status_update', iteration: 1, requestId }
          return it.execute('send-signal', input, mira)
        }),
      ),
    )
    expect(new Set(results.map((it) => it.signalId)).size).toBe(100)
    expect(await events('signal.sent')).toHaveLength(100)
    expect(await events('operator.acted')).toHaveLength(100)
    const entries = await audit()
    expect(entries.map((it) => it.requestId).sort()).toEqual([...presses].sort())
  })

  it('answers its first result again, also when that was a refusal', async () => {
    await handler.recordActivity('worker', 0)
    const input = { coordinatorId: 'worker', reason, requestId: 'press-0001' }
    const press = () => commands.execute('escalate-coordinator', input, mira)
    await expect(press()).rejects.toMatchObject({ kind: 'conflict' })
    await dead('other')
    await expect(press()).rejects.toMatchObject({ kind: 'conflict' })
    expect(await audit()).toHaveLength(1)
  })

  it('is the user’s own, and stands for one action only', async () => {
    await handler.recordActivity('worker', 0)
    const input = { targets: ['worker'], type: 'completion', requestId: 'press-0001' }
    await commands.execute('send-signal', input, mira)
    await expect(
      commands.execute('send-signal', { ...input, type: 'error' }, mira),
    ).rejects.toMatchObject({ kind: 'conflict' })
    // The same id of somebody else is another press.
    await commands.execute('send-signal', input, noor)
    expect(await events('signal.sent')).toHaveLength(2)
  })

  it('is taken over when the server that had its turn is gone', async () => {
    await handler.recordActivity('worker', 0)
    const requestId = 'press-0001'
    const input = { targets: ['worker'], type: 'completion', requestId }
    const key = serverKeys.request('mira', requestId)
    // As a server leaves it that was killed in the middle: a lease that nobody renews.
    const done = commands.execute('send-signal', input, mira)
    await done
    const { fingerprint } = JSON.parse((await redis.get(key)) ?? '')
    await redis.set(key, JSON.stringify({ holder: 'gone', fingerprint }), 'PX', 300)
    const again = await commands.execute('send-signal', input, mira)
    expect(again).toEqual({ ...(await done), isDuplicate: true })
    expect(await events('signal.sent')).toHaveLength(1)
  })

  it('can be tried again when Redis was gone in the middle', async () => {
    await handler.recordActivity('worker', 0)
    const impatient = server.client({ commandTimeout: 300, autoResendUnfulfilledCommands: false })
    const service = controlRoom(impatient)
    await impatient.ping()
    const input = { targets: ['worker'], type: 'completion', requestId: 'press-0001' }
    server.pause()
    await expect(service.execute('send-signal', input, mira)).rejects.not.toMatchObject({
      name: 'CommandError',
    })
    server.resume()
    const { signalId } = await service.execute('send-signal', input, mira)
    expect(await events('signal.sent')).toMatchObject([{ data: { signalId } }])
    expect(await audit()).toHaveLength(1)
  })
})

describe('many at once', () => {
  it('have a result and an audit entry each, and one effect when pressed again', async () => {
    await Promise.all(['worker-a', 'worker-b'].map(dead))
    await handler.recordActivity('alive', 0)
    const press = () =>
      executeBulk(
        commands,
        {
          action: 'escalate-coordinator',
          coordinatorIds: ['worker-a', 'alive', 'worker-b', 'nobody', 'worker-a'],
          reason,
          requestId: 'press-0001',
        },
        mira,
      )
    const { results } = await press()
    expect(results).toMatchObject([
      { coordinatorId: 'worker-a', done: true, newCoordinatorId: expect.any(String) },
      { coordinatorId: 'alive', done: false, why: expect.stringContaining('not dead') },
      { coordinatorId: 'worker-b', done: true },
      { coordinatorId: 'nobody', done: false },
    ])
    expect(await press()).toEqual({ results })
    expect(await events('coordinator.escalated')).toHaveLength(2)
    expect(await audit()).toHaveLength(4)
  })

  it('are told one by one, and refused as one to who may not', async () => {
    await Promise.all(['worker-a', 'worker-b'].map((it) => handler.recordActivity(it, 0)))
    const coordinatorIds = ['worker-a', 'worker-b', 'nobody']
    const sent = { action: 'cleanup-coordinator', coordinatorIds, reason, requestId: 'press-0001' }
    const vera = { user: 'vera', role: 'viewer' } as const
    await expect(admitBulk(commands, sent, vera)).rejects.toMatchObject({ kind: 'forbidden' })
    expect(await audit()).toMatchObject([
      { who: 'vera', action: sent.action, targets: coordinatorIds, outcome: 'refused' },
    ])
    expect(await events('operator.refused')).toMatchObject([
      { actor: 'operator:vera', data: { action: sent.action, targets: coordinatorIds } },
    ])
    await expect(admitBulk(commands, { ...sent, reason: '' }, mira)).rejects.toMatchObject({
      kind: 'invalid',
      fields: [{ field: 'reason' }],
    })

    const input = await admitBulk(commands, sent, mira)
    const told: BulkTargetResult[] = []
    const { results } = await executeBulk(commands, input, mira, (it) => told.push(it))
    expect(told).toHaveLength(3)
    expect(told).toEqual(expect.arrayContaining(results))
    expect(results.map((it) => it.done)).toEqual([true, true, false])
    expect(await events('coordinator.stopped')).toHaveLength(2)
  })

  it('say of whom nobody knows it when Redis stops answering, and go on at the next press', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `worker-${n}`)
    for (const it of ids) await handler.recordActivity(it, 0)
    const impatient = server.client({ commandTimeout: 300, autoResendUnfulfilledCommands: false })
    await impatient.ping()
    const input: BulkInput = {
      action: 'cleanup-coordinator',
      coordinatorIds: ids,
      reason,
      requestId: 'press-0001',
    }
    let done = 0
    const { results } = await executeBulk(controlRoom(impatient), input, mira, (it) => {
      done += it.done ? 1 : 0
      if (done === 4) server.pause()
    })
    server.resume()
    expect(results).toHaveLength(30)
    expect(results.some((it) => it.unsure)).toBe(true)
    expect(results.at(-1)).toMatchObject({ done: false, why: expect.stringContaining('Not tried') })
    const again = await executeBulk(commands, input, mira)
    expect(again.results.every((it) => it.done)).toBe(true)
    expect(await events('coordinator.stopped')).toHaveLength(30)
    expect(await audit()).toHaveLength(30)
  })

  it('lose what is pending in their inboxes, and nobody else does', async () => {
    for (const it of ['worker-a', 'worker-b', 'worker-c']) await handler.recordActivity(it, 0)
    const send = (targets: string[], iteration: number) =>
      commands.execute('send-signal', { targets, type: 'completion', iteration }, mira)
    const both = await send(['worker-a', 'worker-c'], 1)
    await send(['worker-a'], 2)
    const input: BulkInput = {
      action: 'cancel-pending-signals',
      coordinatorIds: ['worker-a', 'worker-b'],
      reason,
      requestId: 'press-0001',
    }
    const { results } = await executeBulk(commands, input, mira)
    expect(results).toEqual([
      { coordinatorId: 'worker-a', done: true, cancelled: 2 },
      { coordinatorId: 'worker-b', done: false, why: expect.stringContaining('No signal') },
    ])
    const cancelled = await events('signal.cancelled')
    expect(cancelled.map((it) => it.data)).toMatchObject([
      { signalId: both.signalId, targets: ['worker-a'], reason },
      { targets: ['worker-a'], reason },
    ])
    expect(await redis.xlen(keys.inbox('worker-c'))).toBe(1)
  })
})

describe('breakers', () => {
  it('are asked for a state, which their owner obeys', async () => {
    const redisClient = server.client()
    const hmacSecret = 'a-secret-of-more-than-thirty-two-bytes'
    const manager = new BlockingCoordinationManager({
      redisClient,
      hmacSecret,
      coordinatorId: 'worker',
      heartbeatInterval: 50,
    })
    const breaker = new CircuitBreaker({ name: 'model' })
    await manager.recordActivity('loop-3', 1)
    const stopTelling = publishBreaker(breaker, manager)
    await expect.poll(() => redis.exists(keys.breaker('worker', 'model'))).toBe(1)
    const input = { owner: 'worker', name: 'model', state: 'open', reason }
    await commands.execute('set-breaker-state', input, mira)
    expect(await events('breaker.forced')).toMatchObject([{ actor: 'operator:mira' }])
    await expect.poll(() => breaker.getState().state).toBe('open')
    stopTelling()
    await manager.cleanup()
    await expect(
      commands.execute('set-breaker-state', { ...input, name: 'none' }, mira),
    ).rejects.toMatchObject({ kind: 'not-found' })
  })
})

describe('rounds of votes', () => {
  it('are decided in the owner’s place only where an owner decides', async () => {
    const round = (runId: string, policy: 'owner' | 'average') =>
      new LoopConsensus({
        redisClient: redis,
        swarmId: 'swarm-a',
        loop: 4,
        iteration: 1,
        runId,
        policy,
        threshold: 0.9,
        validators: ['owner-1', 'owner-2'],
      })
    await round('by-owner', 'owner').open()
    await round('by-votes', 'average').open()
    const input = { key: 'swarm-a:4:by-owner:1', decision: 'proceed', reason }
    await commands.execute('decide-consensus', input, mira)
    expect(await round('by-owner', 'owner').result()).toMatchObject({
      decision: 'proceed',
      by: 'operator:mira',
    })
    const other = { ...input, decision: 'defer' }
    await expect(commands.execute('decide-consensus', other, noor)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('proceed'),
    })
    const votes = { ...input, key: 'swarm-a:4:by-votes:1' }
    await expect(commands.execute('decide-consensus', votes, mira)).rejects.toMatchObject({
      kind: 'conflict',
    })
    const none = { ...input, key: 'swarm-a:4:none:1' }
    await expect(commands.execute('decide-consensus', none, mira)).rejects.toMatchObject({
      kind: 'not-found',
    })
  })
})

describe('the audit', () => {
  it('is bounded', async () => {
    const small = createCommandService({
      redis,
      scriptsAs: (actor) => createScriptRunner(redis, keys, actor),
      commands: createCommands({ sweepMs: 1000 }),
      auditKept: 100,
    })
    for (let i = 0; i < 400; i++) {
      await small.execute('acknowledge-attention', { entry: 'coordinator:w:dead' }, mira)
    }
    expect(await redis.xlen(serverKeys.audit)).toBeLessThan(300)
    const first = await small.audit.page({ limit: 50 })
    const second = await small.audit.page({ limit: 50, before: first.next })
    const ids = [...first.entries, ...second.entries].map((it) => it.id)
    expect(new Set(ids).size).toBe(100)
  })

  it('goes on behind an entry that cannot be read', async () => {
    for (const entry of ['older', 'newer'])
      await commands.execute('acknowledge-attention', { entry: `coordinator:${entry}:dead` }, mira)
    await redis.xadd(serverKeys.audit, '*', 'e', 'no json')
    const first = await commands.audit.page({ limit: 1 })
    expect(first.entries).toEqual([])
    const second = await commands.audit.page({ limit: 1, before: first.next })
    expect(second.entries).toHaveLength(1)
    const last = await commands.audit.page({ limit: 10, before: second.next })
    expect(last).toMatchObject({ entries: [{ outcome: 'done' }] })
    expect(last.next).toBeUndefined()
  })
})
