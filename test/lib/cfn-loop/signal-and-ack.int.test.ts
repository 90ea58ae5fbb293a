import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { SignalType } from '@/lib/cfn-loop/blocking-coordination-signals'
import { startTestRedis, type TestRedis } from '../../redis'
import { SECRET, type SignalsHarness, signalsHarness } from './signals-harness'

let server: TestRedis
let box: SignalsHarness

beforeAll(async () => {
  server = await startTestRedis()
  box = signalsHarness(server)
})
afterEach(async () => {
  await box.endAll()
  await server.flush()
})
afterAll(() => server.stop())

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
      key: 'blocking:signal:coordinator-receiver',
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
    const copy = await box.redis.get(`blocking:ack:coordinator-receiver:${sent.messageId}`)
    expect(JSON.parse(copy ?? '')).toEqual(ack)
  })
})
