import { describe, expect, it } from 'vitest'
import {
  isFencedError,
  isIdempotencyConflictError,
  isInboxFullError,
  isInvalidInputError,
  isNotConnectedError,
} from '@/lib/redis/errors'
import { itRestarts, linksOf } from '../../labs/core-redis'
import { until } from '../../until'
import { boxOfThisFile } from './box-of-this-file'

const { server, box } = await boxOfThisFile({ appendOnly: true, appendFsync: 'always' })

describe('every accepted signal is pending, acknowledged, cancelled or visibly expired', () => {
  it('whatever is sent at the same time: none has the id of another, none is overwritten', async () => {
    const signals = await box.signals({ enableIdempotency: false })
    const sent = await Promise.all(
      Array.from({ length: 300 }, (_, n) => signals.sendSignal('s', 'r', 'heartbeat', 1, { n })),
    )
    const ids = new Set(sent.map((it) => it.messageId))
    expect(ids.size).toBe(300)
    const pending = await signals.listPending('r')
    expect(pending).toHaveLength(300)
    expect(new Set(pending.map((it) => JSON.stringify(it.payload))).size).toBe(300)
    for (const { messageId, timestamp } of sent) {
      expect(messageId).toBe(`s:r:heartbeat:1:${timestamp}`)
    }
    // Moved on no further than there were signals.
    const times = sent.map((it) => it.timestamp)
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(2000)
  })

  it('each target of a broadcast for itself', async () => {
    const signals = await box.signals()
    const ids = ['acked', 'cancelled']
    const { messageId } = await signals.broadcast('s', ids, 'completion', 1)
    const acked = box.manager('acked')
    const signal = await acked.waitForSignal({ timeoutMs: 5000 })
    if (signal) await acked.acknowledgeSignal(signal)
    expect(await signals.cancelSignal(messageId, { reason: 'no longer needed' })).toBe(true)
    expect(await signals.cancelSignal(messageId)).toBe(false)
    expect(await box.targets(messageId)).toEqual({ acked: 'acked', cancelled: 'cancelled' })
    const events = await box.eventsOf('signal.cancelled')
    expect(events.map((it) => it.data)).toEqual([
      { signalId: messageId, targets: ['cancelled'], reason: 'no longer needed' },
    ])
    expect(await signals.receiveSignal('cancelled')).toEqual({
      signal: null,
      exists: false,
      key: box.ns.keys.inbox('cancelled'),
    })
    expect(await signals.cancelSignal('s:r:completion:1:1')).toBe(false)
  })

  it('expires by its deadline, with an event', async () => {
    // What has settled is kept as long: it has to be there still when it is read.
    const signals = await box.signals({ signalTTL: 1 })
    const { messageId } = await signals.sendSignal('s', 'r', 'completion', 1)
    const handler = box.handler({ checkInterval: 20 })
    handler.startMonitoring()
    await until(async () => (await box.eventsOf('signal.expired')).length > 0)
    expect(await box.targets(messageId)).toEqual({ r: 'expired' })
    expect(await signals.signalExists('r')).toBe(false)
    expect(await box.redis.zscore(box.ns.keys.deadlines, `signal:${messageId}`)).toBeNull()
  })

  it('deleting takes the oldest, or the one that is named, and says so', async () => {
    const signals = await box.signals()
    const one = await signals.sendSignal('s', 'r', 'completion', 1)
    const two = await signals.sendSignal('s', 'r', 'completion', 2)
    const three = await signals.sendSignal('s', 'r', 'completion', 3)
    expect(await signals.getSignalTTL('r')).toBeGreaterThan(86_000)
    expect(await signals.deleteSignal('r')).toBe(true)
    expect(await signals.deleteSignal('r', three.messageId)).toBe(true)
    expect(await signals.deleteSignal('r', three.messageId)).toBe(false)
    expect(await box.targets(one.messageId)).toEqual({ r: 'cancelled' })
    expect((await signals.listPending('r')).map((it) => it.signalId)).toEqual([two.messageId])
    expect(await signals.signalExists('r')).toBe(true)
    expect(await signals.getSignalTTL('nobody')).toBe(-2)
  })
})

describe('the same again', () => {
  it('is the same signal while it is pending, in whatever order its fields come', async () => {
    const signals = await box.signals()
    const first = await signals.sendSignal('s', 'r', 'completion', 1, { a: 1, b: { c: 2, d: 3 } })
    const again = await signals.sendSignal('s', 'r', 'completion', 1, { b: { d: 3, c: 2 }, a: 1 })
    expect(again).toEqual({ ...first, isDuplicate: true })
    const others = [
      await signals.sendSignal('s', 'r', 'completion', 1, { a: 2, b: { c: 2, d: 3 } }),
      await signals.sendSignal('s', 'r', 'completion', 1),
      await signals.sendSignal('s', 'r', 'completion', 2, { a: 1, b: { c: 2, d: 3 } }),
      await signals.sendSignal('s', 'r', 'error', 1, { a: 1, b: { c: 2, d: 3 } }),
      await signals.sendSignal('s', 'r2', 'completion', 1, { a: 1, b: { c: 2, d: 3 } }),
      await signals.sendSignal('s2', 'r', 'completion', 1, { a: 1, b: { c: 2, d: 3 } }),
    ]
    expect(others.map((it) => it.isDuplicate)).toEqual(others.map(() => false))
    expect(signals.getStatistics()).toEqual({
      signalsSent: 7,
      signalsReceived: 0,
      duplicatesDetected: 1,
      errors: 0,
    })
    signals.resetStatistics()
    expect(signals.getStatistics().signalsSent).toBe(0)
  })

  it('is a new signal once the first is settled, and leaves no key behind', async () => {
    const signals = await box.signals()
    const one = box.manager('r')
    const first = await signals.sendSignal('s', 'r', 'completion', 1)
    const signal = await one.waitForSignal({ timeoutMs: 5000 })
    if (signal) await one.acknowledgeSignal(signal)
    expect(await server.keys('*idempotency:s:=*')).toEqual([])
    const second = await signals.sendSignal('s', 'r', 'completion', 1)
    expect(second.isDuplicate).toBe(false)
    expect(second.messageId).not.toBe(first.messageId)
  })

  it('under one key is one signal, also raced and after it is settled; other content is a conflict', async () => {
    const signals = await box.signals()
    const options = { idempotencyKey: 'key-1' }
    const sent = await Promise.all(
      Array.from({ length: 20 }, () =>
        signals.sendSignal('s', 'r', 'completion', 1, { a: 1 }, options),
      ),
    )
    expect(new Set(sent.map((it) => it.messageId)).size).toBe(1)
    expect(sent.filter((it) => !it.isDuplicate)).toHaveLength(1)
    expect(await signals.listPending('r')).toHaveLength(1)
    const one = box.manager('r')
    const signal = await one.waitForSignal({ timeoutMs: 5000 })
    if (signal) await one.acknowledgeSignal(signal)
    const again = await signals.sendSignal('s', 'r', 'completion', 1, { a: 1 }, options)
    expect(again).toMatchObject({ isDuplicate: true, messageId: sent[0]?.messageId })
    await expect(
      signals.sendSignal('s', 'r', 'completion', 1, { a: 2 }, options),
    ).rejects.toSatisfy(
      (it: unknown) => isIdempotencyConflictError(it) && it.signalId === again.messageId,
    )
    await expect(
      signals.sendSignal('s', 'other', 'completion', 1, { a: 1 }, options),
    ).rejects.toSatisfy(isIdempotencyConflictError)
    expect(await signals.signalExists('r')).toBe(false)
    expect((await box.eventsOf('signal.refused')).map((it) => it.data.reason)).toEqual([
      'idempotency_conflict',
      'idempotency_conflict',
    ])
    const ttl = await box.redis.pttl(box.ns.keys.idempotency('s', 'key-1'))
    expect(ttl).toBeGreaterThan(86_000_000)
  })

  it('without idempotency is another signal each time', async () => {
    const signals = await box.signals({ enableIdempotency: false })
    const first = await signals.sendSignal('s', 'r', 'completion', 1)
    const second = await signals.sendSignal('s', 'r', 'completion', 1)
    expect(second.messageId).not.toBe(first.messageId)
    expect(second.isDuplicate).toBe(false)
  })

  it('run twice by a client that sends again when its link broke, is sent once', async () => {
    const redis = server.client({ autoResendUnfulfilledCommands: true })
    const signals = await box.signals({ redisClient: redis, enableIdempotency: false })
    await signals.sendSignal('s', 'r', 'completion', 0)
    // The link goes while the script's answer is on its way.
    const sending = signals.sendSignal('s', 'r', 'completion', 1)
    for (const link of linksOf(redis)) link.stream?.destroy()
    await sending
    const pending = await signals.listPending('r')
    expect(pending.filter((it) => it.iteration === 1)).toHaveLength(1)
  })
})

describe('accepted means stored', () => {
  itRestarts('after kill -9 of Redis every accepted signal and ACK is there', async () => {
    const signals = await box.signals({ enableIdempotency: false })
    const one = box.manager('r')
    const accepted = new Set<string>()
    const acked = new Set<string>()
    let stop = false
    const sending = (async () => {
      for (let n = 0; !stop; n++) {
        await signals
          .sendSignal('s', 'r', 'heartbeat', n)
          .then((it) => accepted.add(it.messageId))
          .catch(() => {})
      }
    })()
    const receiving = (async () => {
      while (!stop) {
        const signal = await one.waitForSignal({ timeoutMs: 200 })
        if (!signal) continue
        await one
          .acknowledgeSignal(signal)
          .then((it) => acked.add(it.signalId))
          .catch(() => {})
      }
    })()
    await until(() => acked.size > 50)
    await server.kill9()
    await server.restart()
    const before = acked.size
    await until(() => acked.size > before + 10)
    stop = true
    await Promise.all([sending, receiving])
    for (const id of accepted) {
      const state = (await box.targets(id)).r
      expect(state === 'pending' || state === 'acked').toBe(true)
    }
    for (const id of acked) expect((await box.targets(id)).r).toBe('acked')
  })
})

describe('everything is bounded', () => {
  it('a full inbox refuses, explicitly and as a whole', async () => {
    const signals = await box.signals({ enableIdempotency: false })
    for (let from = 0; from < 1000; from += 100) {
      await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          signals.sendSignal('s', 'full', 'heartbeat', from + n),
        ),
      )
    }
    await expect(signals.sendSignal('s', 'full', 'error', 1)).rejects.toSatisfy(
      (it: unknown) => isInboxFullError(it) && it.coordinatorId === 'full' && it.limit === 1000,
    )
    await expect(signals.broadcast('s', ['free', 'full'], 'error', 1)).rejects.toSatisfy(
      isInboxFullError,
    )
    expect(await signals.signalExists('free')).toBe(false)
    expect((await signals.listPending('full')).map((it) => it.iteration)).toEqual(
      Array.from({ length: 1000 }, (_, n) => n),
    )
    const refused = await box.eventsOf('signal.refused')
    expect(refused.map((it) => it.data)).toEqual([
      { source: 's', target: 'full', type: 'error', reason: 'inbox_full' },
      { source: 's', target: 'full', type: 'error', reason: 'inbox_full' },
    ])
    expect(signals.getStatistics().errors).toBe(2)
    await signals.deleteSignal('full')
    await signals.sendSignal('s', 'full', 'error', 1)
  })

  it('input is refused with the field and the rule', async () => {
    const signals = await box.signals()
    const deep = JSON.parse('[[[[[[[[[]]]]]]]]]')
    const field = async (promise: Promise<unknown>) => {
      const error = await promise.then(
        () => undefined,
        (it: unknown) => it,
      )
      return isInvalidInputError(error) ? error.field : error
    }
    expect(await field(signals.sendSignal('a b', 'r', 'error', 1))).toBe('senderId')
    expect(await field(signals.sendSignal('s', 'x'.repeat(65), 'error', 1))).toBe('receiverId')
    // @ts-expect-error a caller without types
    expect(await field(signals.sendSignal('s', 'r', 'shout', 1))).toBe('type')
    expect(await field(signals.sendSignal('s', 'r', 'error', -1))).toBe('iteration')
    expect(await field(signals.sendSignal('s', 'r', 'error', Number.NaN))).toBe('iteration')
    expect(await field(signals.sendSignal('s', 'r', 'error', 1, 'x'.repeat(16_384)))).toBe(
      'payload',
    )
    expect(await field(signals.sendSignal('s', 'r', 'error', 1, deep))).toBe('payload')
    expect(await field(signals.broadcast('s', [], 'error', 1))).toBe('receiverIds')
    const key = { idempotencyKey: 'a:b' }
    expect(await field(signals.sendSignal('s', 'r', 'error', 1, null, key))).toBe('idempotencyKey')
    expect(await server.keys('*')).toEqual([])
  })

  it('the index forgets signals whose records ran out', async () => {
    const signals = await box.signals({ enableIdempotency: false })
    const index = box.ns.keys.signals
    // Looked at by chance, now and then: the last of them may take long, half of them does not.
    for (let n = 0; n < 50; n++) await box.redis.zadd(index, n, `old:r:error:1:${n}`)
    await until(async () => {
      await signals.sendSignal('s', 'r', 'heartbeat', 1)
      await signals.deleteSignal('r')
      return (await box.redis.zcount(index, 0, 100)) < 25
    })
  })
})

describe('a sender', () => {
  it('cannot send before it is connected, nor after', async () => {
    const signals = await box.signals()
    await signals.disconnect()
    await signals.disconnect()
    await expect(signals.sendSignal('s', 'r', 'error', 1)).rejects.toSatisfy(isNotConnectedError)
    await signals.connect()
    await signals.sendSignal('s', 'r', 'error', 1)
  })

  it('whose manager lives in this process sends under its epoch: fenced, it sends no more', async () => {
    const signals = await box.signals()
    const manager = box.manager('s')
    await signals.sendSignal('s', 'r', 'error', 1)
    expect(await box.ns.liveness('s')).toBe('active')
    await box.redis.hset(
      box.ns.keys.coordinator('s'),
      'epoch',
      '1900000000000',
      'instance',
      'another-one',
    )
    await expect(signals.sendSignal('s', 'r', 'error', 2)).rejects.toSatisfy(isFencedError)
    expect(await signals.listPending('r')).toHaveLength(1)
    const [refused] = await box.eventsOf('coordinator.write_refused')
    expect(refused?.data).toMatchObject({ operation: 'sendSignal', currentEpoch: 1900000000000 })
    await expect(manager.waitForSignal({ timeoutMs: 10_000 })).rejects.toSatisfy(isFencedError)
  })
})

describe('a replaced coordinator', () => {
  it('is answered for: its pending signals move, later ones follow, and the waiters are freed', async () => {
    const signals = await box.signals()
    const sender = box.manager('s')
    const dead = box.manager('dead', { timeoutThreshold: 100, phase: 'loop-3' })
    await dead.recordActivity('loop-3', 4)
    const first = await signals.sendSignal('s', 'dead', 'completion', 1)
    const handler = box.handler()
    const replacementId = await handler.escalateDeadCoordinator('dead', 'swarm-1', {
      force: true,
      reason: 'a test',
    })
    if (!replacementId) throw new Error('not escalated')
    const second = await signals.broadcast('s', ['dead', 'other'], 'error', 1)
    const waiting = sender.waitForAcks(['dead'], first.messageId, 10_000)
    const both = sender.waitForAcks(['dead', 'other'], second.messageId, 10_000)

    const replacement = box.manager(replacementId)
    const given: string[] = []
    for (let n = 0; n < 2; n++) {
      const signal = await replacement.waitForSignal({ timeoutMs: 5000 })
      if (!signal) throw new Error('nothing handed over')
      given.push(signal.signalId)
      await replacement.acknowledgeSignal(signal)
    }
    expect(given).toEqual([first.messageId, second.messageId])
    expect((await waiting).get('dead')).toMatchObject({
      coordinatorId: replacementId,
      onBehalfOf: 'dead',
    })
    const other = box.manager('other')
    const signal = await other.waitForSignal({ timeoutMs: 5000 })
    if (signal) await other.acknowledgeSignal(signal)
    expect([...(await both).keys()]).toEqual(['dead', 'other'])
    // It goes on where its predecessor was.
    expect(replacement.getCurrentIteration()).toBe(4)
    expect(await replacement.getAck(first.messageId)).toMatchObject({ onBehalfOf: 'dead' })

    // Whoever starts afresh under the old id begins with an empty inbox, and answers for itself again.
    const fresh = box.manager('dead')
    expect(await fresh.waitForSignal({ timeoutMs: 0 })).toBeNull()
    await fresh.recordActivity()
    const third = await signals.sendSignal('s', 'dead', 'completion', 9)
    const own = await fresh.waitForSignal({ timeoutMs: 5000 })
    expect(own?.signalId).toBe(third.messageId)
  })

  it('of a signal that it holds for several targets answers for all', async () => {
    const signals = await box.signals()
    const sender = box.manager('s')
    const dead = box.manager('dead')
    await dead.recordActivity()
    const handler = box.handler()
    const id = await handler.escalateDeadCoordinator('dead', 'x', { force: true, reason: 'a test' })
    if (!id) throw new Error('not escalated')
    const { messageId } = await signals.broadcast('s', [id, 'dead'], 'error', 1)
    const waiting = sender.waitForAcks(['dead', id], messageId, 10_000)
    const replacement = box.manager(id)
    const signal = await replacement.waitForSignal({ timeoutMs: 5000 })
    if (!signal) throw new Error('nothing came')
    const ack = await replacement.acknowledgeSignal(signal)
    expect(ack.onBehalfOf).toBe('dead')
    const acks = await waiting
    // Asked again it answers what it answered first.
    expect(await replacement.acknowledgeSignal(signal)).toEqual(ack)
    expect([...acks.values()].map((it) => [it.coordinatorId, it.onBehalfOf])).toEqual([
      [id, 'dead'],
      [id, id],
    ])
    expect(await replacement.waitForSignal({ timeoutMs: 0 })).toBeNull()
  })
})
