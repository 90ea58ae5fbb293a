import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { SignalType } from '@/lib/cfn-loop/blocking-coordination-signals'
import { isInvalidInputError, isSignalStateError } from '@/lib/redis/errors'
import { until } from '../../until'
import { boxOfThisFile } from './box-of-this-file'
import { SECRET } from './signals-harness'

const { box } = await boxOfThisFile()

describe('a signal and its ACK', () => {
  it('are sent, received, acknowledged and waited for', async () => {
    const signals = await box.signals()
    const sender = box.manager('coordinator-sender')
    const receiver = box.manager('coordinator-receiver', { phase: 'loop-2' })
    const sent = await signals.sendSignal(
      'coordinator-sender',
      'coordinator-receiver',
      SignalType.COMPLETION,
      1,
      { phase: 'validation', confidence: 0.92 },
    )
    expect(sent).toEqual({
      success: true,
      messageId: `coordinator-sender:coordinator-receiver:completion:1:${sent.timestamp}`,
      isDuplicate: false,
      timestamp: expect.any(Number),
      key: box.ns.keys.inbox('coordinator-receiver'),
    })
    const waiting = sender.waitForAcks(['coordinator-receiver'], sent.messageId, 5000)
    const signal = await receiver.waitForSignal({ timeoutMs: 5000 })
    expect(signal).toEqual({
      signalId: sent.messageId,
      source: 'coordinator-sender',
      targets: ['coordinator-receiver'],
      type: 'completion',
      iteration: 1,
      timestamp: sent.timestamp,
      payload: { phase: 'validation', confidence: 0.92 },
    })
    if (!signal) throw new Error('no signal')
    const given = await receiver.acknowledgeSignal(signal)
    const acks = await waiting
    expect([...acks.keys()]).toEqual(['coordinator-receiver'])
    const ack = acks.get('coordinator-receiver')
    expect(ack).toEqual(given)
    expect(ack).toMatchObject({
      coordinatorId: 'coordinator-receiver',
      signalId: sent.messageId,
      iteration: 1,
      status: 'received',
      metadata: { signalType: 'completion', phase: 'loop-2' },
    })
    expect(sender.verifyAck(ack)).toBe(true)
    // What a helper computes by hand.
    const byHand = createHmac('sha256', SECRET)
      .update(`${ack?.coordinatorId}:coordinator-sender:${ack?.iteration}:${ack?.timestamp}`)
      .digest('hex')
    expect(ack?.signature).toBe(byHand)
    expect(await box.targets(sent.messageId)).toEqual({ 'coordinator-receiver': 'acked' })
    const [acked] = await box.eventsOf('signal.acked')
    expect(acked?.data).toMatchObject({
      target: 'coordinator-receiver',
      coordinatorId: 'coordinator-receiver',
    })
    const copy = await box.redis.get(box.ns.keys.ack('coordinator-receiver', sent.messageId))
    expect(JSON.parse(copy ?? '')).toEqual(ack)
  })

  it('shows who waits for whom only once it lasts', async () => {
    const waiter = box.manager('waiter')
    await waiter.recordActivity('loop-2')
    await waiter.waitForAcks(['nobody'], 'signal-quick', 50)
    const wait = waiter.waitForAcks(['nobody'], 'signal-slow', 20_000)
    await until(async () => (await box.eventsOf('coordinator.blocked')).length > 0)
    const nobody = box.manager('nobody')
    await nobody.acknowledgeSignal(handmade('signal-slow', 'nobody'))
    await wait
    await until(async () => (await box.eventsOf('coordinator.unblocked')).length > 0)
    const blocked = await box.eventsOf('coordinator.blocked')
    expect(blocked.map((it) => it.data.wait)).toMatchObject([
      { kind: 'acks', on: ['nobody'], signalId: 'signal-slow' },
    ])
    const [unblocked] = await box.eventsOf('coordinator.unblocked')
    expect(unblocked?.data).toMatchObject({
      waitId: blocked[0]?.data.wait.waitId,
      outcome: 'completed',
    })
  })

  it('are one for many targets, and one wait covers them', async () => {
    const signals = await box.signals()
    const parent = box.manager('parent')
    const ids = ['v-1', 'v-2', 'v-3']
    const { messageId } = await signals.broadcast('parent', ids, 'status_update', 2, { task: 't' })
    expect(messageId).toMatch(/^parent:\*:status_update:2:\d+$/)
    const waiting = parent.waitForAcks(ids, messageId, 10_000)
    for (const id of [...ids].reverse()) {
      const validator = box.manager(id)
      const signal = await validator.waitForSignal({ timeoutMs: 5000 })
      if (signal) await validator.acknowledgeSignal(signal)
    }
    expect([...(await waiting).keys()]).toEqual(ids)
    expect(await box.targets(messageId)).toEqual({ 'v-1': 'acked', 'v-2': 'acked', 'v-3': 'acked' })
    expect(await box.redis.zscore(box.ns.keys.deadlines, `signal:${messageId}`)).toBeNull()
    expect(await box.redis.pttl(box.ns.keys.signalRecord(messageId))).toBeGreaterThan(86_000_000)
    for (const id of ids) expect(await signals.signalExists(id)).toBe(false)
  })

  it('hand in what came by the timeout', async () => {
    const signals = await box.signals()
    const parent = box.manager('parent')
    const one = box.manager('v-1')
    const { messageId } = await signals.broadcast('parent', ['v-1', 'v-2'], 'validation', 0)
    const signal = await one.waitForSignal({ timeoutMs: 5000 })
    if (signal) await one.acknowledgeSignal(signal)
    expect([...(await parent.waitForAcks(['v-1', 'v-2'], messageId, 100)).keys()]).toEqual(['v-1'])
    expect([...(await parent.waitForAcks(['v-1', 'v-2'], messageId, 0)).keys()]).toEqual(['v-1'])
  })
})

describe('acknowledging', () => {
  it('answers a signal made by hand, which nobody sent', async () => {
    const one = box.manager('coordinator-1')
    const ack = await one.acknowledgeSignal(handmade('signal-123', 'coordinator-1'))
    expect(ack).toMatchObject({
      coordinatorId: 'coordinator-1',
      signalId: 'signal-123',
      source: 'coordinator-2',
      iteration: 0,
    })
    const [event] = await box.eventsOf('signal.acked')
    expect(event?.data).toMatchObject({
      signalId: 'signal-123',
      byHand: { source: 'coordinator-2', type: 'completion', iteration: 0 },
    })
    expect(await one.getAck('signal-123')).toEqual(ack)
    expect(await one.isAcknowledged('coordinator-1', 'signal-123')).toBe(true)
    expect(await one.isAcknowledged('coordinator-2', 'signal-123')).toBe(false)
    // Whoever waits for it need not be who is said to have sent it.
    const other = box.manager('somebody-else')
    const waiting = other.waitForAcks(['coordinator-3'], 'signal-123', 10_000)
    const third = box.manager('coordinator-3')
    third.incrementIteration()
    const recorded = await third.acknowledgeSignal({
      ...handmade('signal-123', 'coordinator-3'),
      source: 'another',
    })
    // What was recorded first wins over what is handed in.
    expect(recorded).toMatchObject({ source: 'coordinator-2', iteration: 0 })
    expect((await waiting).size).toBe(1)
  })

  it('takes the iteration of the manager where the signal has none', async () => {
    const one = box.manager('coordinator-1')
    expect(one.incrementIteration()).toBe(1)
    expect((await one.acknowledgeSignal(handmade('signal-1', 'coordinator-1'))).iteration).toBe(1)
    one.resetIteration()
    expect(one.getCurrentIteration()).toBe(0)
    const given = { ...handmade('signal-2', 'coordinator-1'), iteration: 7 }
    expect((await one.acknowledgeSignal(given)).iteration).toBe(7)
  })

  it('refuses what is not for this coordinator, or cannot be answered any more', async () => {
    const signals = await box.signals()
    const one = box.manager('one')
    await expect(one.acknowledgeSignal(handmade('signal-1', 'two'))).rejects.toSatisfy(
      isInvalidInputError,
    )
    const { messageId } = await signals.sendSignal('s', 'two', 'completion', 1)
    const [sent] = await signals.listPending('two')
    if (!sent) throw new Error('nothing pending')
    await expect(one.acknowledgeSignal(sent)).rejects.toSatisfy(isInvalidInputError)
    await expect(one.acknowledgeSignal({ ...sent, targets: ['one'] })).rejects.toSatisfy(
      isInvalidInputError,
    )
    await expect(
      one.acknowledgeSignal({ ...sent, signalId: 's:one:completion:1:1', targets: ['one'] }),
    ).rejects.toSatisfy((it: unknown) => isSignalStateError(it) && it.state === 'gone')
    await signals.cancelSignal(messageId)
    await expect(box.manager('two').acknowledgeSignal(sent)).rejects.toSatisfy(
      (it: unknown) => isSignalStateError(it) && it.state === 'cancelled',
    )
    const [late] = await box.eventsOf('ack.rejected')
    expect(late?.data).toMatchObject({ signalId: messageId, coordinatorId: 'two', verdict: 'late' })
    // @ts-expect-error a caller without types
    await expect(one.acknowledgeSignal({ signalId: 'a' })).rejects.toSatisfy(isInvalidInputError)
  })

  it('answers the same ACK for as long as the signal has a record, also after a restart', async () => {
    const signals = await box.signals()
    await signals.sendSignal('s', 'one', 'completion', 1)
    const first = box.manager('one')
    const signal = await first.waitForSignal({ timeoutMs: 5000 })
    if (!signal) throw new Error('no signal')
    const ack = await first.acknowledgeSignal(signal)
    expect(await first.acknowledgeSignal(signal)).toEqual(ack)
    await first.cleanup()
    const second = box.manager('one')
    expect(await second.acknowledgeSignal(signal)).toEqual(ack)
    expect(await box.eventsOf('signal.acked')).toHaveLength(1)
    const byHand = await second.acknowledgeSignal(handmade('signal-9', 'one'))
    expect(await second.acknowledgeSignal(handmade('signal-9', 'one'))).toEqual(byHand)
  })

  it('then cleaning up never loses an ACK to who waits', async () => {
    const signals = await box.signals()
    const sender = box.manager('s')
    const { messageId } = await signals.sendSignal('s', 'one', 'completion', 1)
    const one = box.manager('one')
    const signal = await one.waitForSignal({ timeoutMs: 5000 })
    if (signal) await one.acknowledgeSignal(signal)
    await one.cleanup()
    await one.cleanup()
    expect(await box.redis.exists(box.ns.keys.ack('one', messageId))).toBe(0)
    expect((await sender.waitForAcks(['one'], messageId, 1000)).get('one')?.signalId).toBe(
      messageId,
    )
    expect(await box.ns.liveness('one')).toBe('stopped')
  })

  it('with completion tracked settles only what is completed', async () => {
    const signals = await box.signals({ signalTTL: 100 })
    const one = box.manager('one', { trackCompletion: true, ackTtl: 200 })
    const { messageId } = await signals.sendSignal('s', 'one', 'completion', 1)
    const key = box.ns.keys.signalRecord(messageId)
    expect(await one.completeSignal(messageId)).toBe(false)
    const signal = await one.waitForSignal({ timeoutMs: 5000 })
    if (signal) await one.acknowledgeSignal(signal)
    expect(await box.redis.pttl(key)).toBe(-1)
    expect(await box.redis.zscore(box.ns.keys.deadlines, `signal:${messageId}`)).not.toBeNull()
    expect(await one.completeSignal(messageId, { ok: true })).toBe(true)
    expect(await one.completeSignal(messageId)).toBe(true)
    expect(await box.targets(messageId)).toEqual({ one: 'completed' })
    expect(await box.redis.pttl(key)).toBeGreaterThan(190_000)
    expect(await box.redis.zscore(box.ns.keys.deadlines, `signal:${messageId}`)).toBeNull()
    expect(await box.eventsOf('signal.completed')).toHaveLength(1)
    await expect(box.manager('two').completeSignal(messageId)).rejects.toSatisfy(
      isInvalidInputError,
    )
  })

  it('is tried again, and says null where no attempt can succeed', async () => {
    const one = box.manager('one')
    expect(await one.retryFailedSignal(handmade('signal-1', 'one'))).toMatchObject({
      signalId: 'signal-1',
    })
    const gone = { ...handmade('s:one:completion:1:1', 'one') }
    expect(await one.retryFailedSignal(gone, 0)).toBeNull()
    const actions = (await box.eventsOf('coordinator.phase_changed')).map((it) => it.data.action)
    expect(actions).toEqual(['could not acknowledge s:one:completion:1:1'])
  })
})

function handmade(signalId: string, target: string) {
  return {
    signalId,
    type: 'completion' as const,
    source: 'coordinator-2',
    targets: [target],
    timestamp: 1_700_000_000_000,
  }
}
