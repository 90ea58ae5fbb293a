import { describe, expect, it } from 'vitest'
import { signAck } from '@/lib/cfn-loop/ack-mac'
import { createKeyRing } from '@/lib/cfn-loop/key-ring'
import type { SignalAck } from '@/lib/protocol/signal'
import { itAlone, NAMESPACE } from '../../labs/core-redis'
import { until } from '../../until'
import { boxOfThisFile } from './box-of-this-file'
import { SECRET } from './signals-harness'

const { server, box } = await boxOfThisFile()

const ring = createKeyRing(SECRET)
const OTHER = 'another secret, which nobody here shares at all'

/** A signal from `s` to `one` and `two`, with a manager for each, and `s` waiting for both. */
async function scene() {
  const signals = await box.signals()
  const sender = box.manager('s')
  const one = box.manager('one')
  const two = box.manager('two')
  await Promise.all([one.recordActivity(), two.recordActivity()])
  const { messageId } = await signals.broadcast('s', ['one', 'two'], 'completion', 3)
  const waiting = sender.waitForAcks(['one', 'two'], messageId, 20_000)
  const signal = (await signals.receiveSignal('one')).signal
  if (!signal) throw new Error('nothing pending')
  await sender.recordActivity()
  return { signals, sender, one, two, messageId, waiting, signal }
}

/** What the record would hold if somebody wrote an ACK into it. */
const forge = (signalId: string, change: Partial<SignalAck>, by = 'one') => {
  const ack = signAck(
    {
      coordinatorId: 'one',
      signalId,
      source: 's',
      timestamp: 1,
      iteration: 3,
      status: 'received',
      onBehalfOf: 'one',
      epoch: 1,
    },
    ring,
    NAMESPACE,
  )
  return JSON.stringify({ epoch: 1, by, ack: { ...ack, ...change } })
}

/** Nobody sent it: `s` is only said to have. */
const handmade = {
  signalId: 'signal-1',
  source: 's',
  targets: ['one'],
  type: 'completion' as const,
  timestamp: 1,
}

const rejections = async () =>
  (await box.eventsOf('ack.rejected')).map((it) => [
    it.data.coordinatorId,
    it.data.verdict,
    it.data.by,
  ])

describe('one bad ACK', () => {
  it('is refused, recorded, replaced by the true one, and never stops the wait for the others', async () => {
    const { sender, one, two, messageId, waiting, signal } = await scene()
    // The same coordinator's name, with a secret that the sender does not share.
    const forger = box.manager('one', { hmacSecret: OTHER })
    const forged = await forger.acknowledgeSignal(signal)
    expect(sender.verifyAck(forged)).toBe(false)
    await until(async () => (await rejections()).length > 0)
    expect(await sender.isAcknowledged('one', messageId)).toBe(false)
    await two.acknowledgeSignal(signal)
    expect([...(await sender.waitForAcks(['one', 'two'], messageId, 50)).keys()]).toEqual(['two'])

    // The forger had taken the name; the true one comes back under a new epoch.
    expect(one.life.incarnation).not.toBe(undefined)
    const back = box.manager('one')
    const ack = await back.acknowledgeSignal(signal)
    expect((await waiting).get('one')).toEqual(ack)
    expect((await rejections()).filter(([, , by]) => by === 's')).toEqual([
      ['one', 'unverified', 's'],
    ])
    const record = await box.redis.hget(box.ns.keys.signalRecord(messageId), 't:one')
    expect(JSON.parse(record ?? '')).toMatchObject({ state: 'acked' })
    expect(JSON.parse(record ?? '')).not.toHaveProperty('verdict')
  })

  it.each([
    ['forged', (id: string) => forge(id, { iteration: 9 })],
    ['forged', (id: string) => forge(id, { mac: '0'.repeat(64) })],
    ['unverified', (id: string) => forge(id, { keyId: 'unknown' })],
    ['replayed', () => forge('s:*:completion:3:1', {})],
    ['foreign', (id: string) => forge(id, {}, 'two')],
    ['malformed', (id: string) => forge(id, { mac: 'short' })],
    ['malformed', () => '{"epoch":1'],
    ['malformed', () => '[]'],
    ['wrong_epoch', (id: string) => forge(id, {}).replace('"epoch":1,"by"', '"epoch":2,"by"')],
  ])('that was written into the record is %s', async (verdict, stored) => {
    const { sender, one, two, messageId, waiting, signal } = await scene()
    await box.redis.hset(box.ns.keys.signalRecord(messageId), 'a:one', stored(messageId))
    expect((await sender.waitForAcks(['one'], messageId, 0)).size).toBe(0)
    await until(async () => (await rejections()).length > 0)
    expect(await rejections()).toEqual([['one', verdict, 's']])
    // Looking at it again says nothing new.
    expect((await sender.waitForAcks(['one'], messageId, 0)).size).toBe(0)
    expect(await sender.isAcknowledged('one', messageId)).toBe(false)
    await one.acknowledgeSignal(signal)
    await two.acknowledgeSignal(signal)
    expect((await waiting).size).toBe(2)
    expect(await rejections()).toHaveLength(1)
  })

  it('that was published as a hint is refused as well', async () => {
    const { one, two, messageId, waiting, signal } = await scene()
    const hint = (stored: string) =>
      `{"k":"ack","db":0,"signalId":"${messageId}","target":"one","stored":${stored}}`
    await until(async () => (await server.listeners(box.ns.keys.hint('s'))) === 1)
    await box.redis.publish(box.ns.keys.hint('s'), hint(forge(messageId, { iteration: 9 })))
    await box.redis.publish(box.ns.keys.hint('s'), 'nonsense')
    await box.redis.publish(box.ns.keys.hint('s'), '{"k":"ack","db":0,"signalId":7}')
    await until(async () => (await rejections()).length > 0)
    expect(await rejections()).toEqual([['one', 'forged', 's']])
    await one.acknowledgeSignal(signal)
    await two.acknowledgeSignal(signal)
    expect((await waiting).size).toBe(2)
  })

  it('that stands under the key of its copy is never trusted, and noticed', async () => {
    const { sender, messageId } = await scene()
    const { ack } = JSON.parse(forge(messageId, {}))
    await box.redis.set(box.ns.keys.ack('one', messageId), JSON.stringify(ack))
    await box.redis.set(box.ns.keys.ack('two', messageId), '{"coordinatorId":"two"}')
    expect((await sender.waitForAcks(['one', 'two'], messageId, 0)).size).toBe(0)
    await until(async () => (await rejections()).length > 0)
    expect(await rejections()).toEqual([['two', 'malformed', 's']])
  })

  itAlone('of another database of the same Redis does not count', async () => {
    const sender = box.manager('s')
    const waiting = sender.waitForAcks(['one'], 'signal-1', 600)
    await until(async () => (await server.listeners(box.ns.keys.hint('s'))) === 1)
    const elsewhere = server.client({ db: 1 })
    const foreign = box.manager('one', { redisClient: elsewhere })
    await foreign.acknowledgeSignal(handmade)
    expect((await waiting).size).toBe(0)
  })

  it('of another namespace does not count', async () => {
    const sender = box.manager('s')
    const waiting = sender.waitForAcks(['one'], 'signal-1', 600)
    await until(async () => (await server.listeners(box.ns.keys.hint('s'))) === 1)
    const otherSpace = box.manager('one', { namespace: 'other' })
    const ack = await otherSpace.acknowledgeSignal(handmade)
    expect(sender.verifyAck(ack)).toBe(false)
    expect((await waiting).size).toBe(0)
  })
})

describe('rotating the secret', () => {
  it('an ACK that no current key verifies is signed anew, and is then the same again', async () => {
    const { signals, messageId, signal } = await scene()
    const old = box.manager('one', { hmacSecret: OTHER })
    const before = await old.acknowledgeSignal(signal)
    const fresh = box.manager('one')
    const after = await fresh.acknowledgeSignal(signal)
    expect(after.keyId).not.toBe(before.keyId)
    expect(fresh.verifyAck(after)).toBe(true)
    expect(await fresh.acknowledgeSignal(signal)).toEqual(after)
    expect(await fresh.getAck(messageId)).toEqual(after)
    expect(await signals.signalExists('one')).toBe(false)
  })
})
