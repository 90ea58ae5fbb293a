import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalAck, checkMac, signAck, verifyAck } from '@/lib/cfn-loop/ack-mac'
import { judgeAck, judgeAckText } from '@/lib/cfn-loop/judge-ack'
import { createKeyRing, secretWarning } from '@/lib/cfn-loop/key-ring'
import type { SignalAck } from '@/lib/protocol/signal'
import { isConfigurationError } from '@/lib/redis/errors'

const secret = 'a secret of more than thirty-two bytes'
const ring = createKeyRing(secret)
const fields = {
  coordinatorId: 'receiver',
  signalId: 'sender:receiver:completion:1:1700000000000',
  source: 'sender',
  timestamp: 1_700_000_000_123,
  iteration: 1,
  status: 'received' as const,
  onBehalfOf: 'receiver',
  epoch: 1_700_000_000_001,
  metadata: { signalType: 'completion', phase: 'loop-3' },
}
const ack = signAck(fields, ring, 'swarm-a')

const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/)
const ackArbitrary = fc
  .record({
    coordinatorId: id,
    signalId: fc.array(id, { minLength: 1, maxLength: 5 }).map((it) => it.join(':')),
    source: id,
    timestamp: fc.nat(),
    iteration: fc.nat({ max: 999_999_999 }),
    onBehalfOf: id,
    epoch: fc.nat(),
    metadata: fc.option(
      fc.record({ signalType: fc.string(), phase: fc.string() }, { requiredKeys: [] }),
      { nil: undefined },
    ),
  })
  .map((it) => signAck({ ...it, status: 'received' }, ring, 'n'))

describe('the MAC of an ACK', () => {
  it('holds for what was signed', () => {
    expect(verifyAck(ack, secret, 'swarm-a')).toBe(true)
    fc.assert(fc.property(ackArbitrary, (it) => verifyAck(it, ring, 'n')))
  })

  it('is computed over one written layout, for other languages', () => {
    const text = canonicalAck(ack, 'swarm-a')
    expect(text).toBe(
      `["signalbox-ack-1","swarm-a","${ring.current.keyId}","receiver","receiver","sender:receiver:completion:1:1700000000000","sender",1,1700000000123,1700000000001,"received","metadata","phase","loop-3","signalType","completion"]`,
    )
    expect(ack.mac).toBe(createHmac('sha256', secret).update(text).digest('hex'))
  })

  it('stands beside the signature that helpers compute by hand', () => {
    const byHand = createHmac('sha256', secret)
      .update(`receiver:sender:${ack.iteration}:${ack.timestamp}`)
      .digest('hex')
    expect(ack.signature).toBe(byHand)
  })

  it('refuses any flipped bit of either authenticator', () => {
    fc.assert(
      fc.property(
        ackArbitrary,
        fc.constantFrom('mac' as const, 'signature' as const),
        fc.nat({ max: 255 }),
        (it, field, bit) => {
          const bytes = Buffer.from(it[field], 'hex')
          bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
          const flipped = { ...it, [field]: bytes.toString('hex') }
          expect(checkMac(flipped, ring, 'n').verdict).toBe('forged')
        },
      ),
    )
  })

  it('refuses an ACK into which any field of another was moved', () => {
    fc.assert(
      fc.property(ackArbitrary, ackArbitrary, (a, b) => {
        for (const field of Object.keys({ ...a, ...b }) as (keyof SignalAck)[]) {
          if (JSON.stringify(a[field]) === JSON.stringify(b[field])) continue
          expect(verifyAck({ ...a, [field]: b[field] }, ring, 'n')).toBe(false)
        }
      }),
    )
  })

  it('refuses two fields that changed places, the seed signature alone would not', () => {
    const moved = { ...ack, signalId: 'sender:receiver:completion:1:1700000000999' }
    expect(moved.signature).toBe(ack.signature)
    expect(checkMac(moved, ring, 'swarm-a').verdict).toBe('forged')
    expect(verifyAck({ ...ack, onBehalfOf: 'dead-one' }, ring, 'swarm-a')).toBe(false)
  })

  it('refuses another namespace, another key id, wrong lengths and unknown fields', () => {
    expect(verifyAck(ack, secret, 'swarm-b')).toBe(false)
    expect(verifyAck(ack, secret)).toBe(false)
    expect(checkMac({ ...ack, keyId: 'another' }, ring, 'swarm-a').verdict).toBe('unverified')
    expect(checkMac({ ...ack, mac: ack.mac.slice(2) }, ring, 'swarm-a').verdict).toBe('malformed')
    expect(checkMac({ ...ack, mac: `${ack.mac}00` }, ring, 'swarm-a').verdict).toBe('malformed')
    expect(checkMac({ ...ack, mac: undefined }, ring, 'swarm-a').verdict).toBe('malformed')
    expect(checkMac({ ...ack, role: 'admin' }, ring, 'swarm-a').verdict).toBe('malformed')
    expect(verifyAck({ ...ack, metadata: { ...ack.metadata, more: 'x' } }, ring, 'swarm-a')).toBe(
      false,
    )
  })

  it('never throws, whatever it is given', () => {
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new Error('trap')
        },
      },
    )
    const getter = {
      get mac() {
        throw new Error('trap')
      },
    }
    for (const it of [undefined, null, 1, 'ack', [], {}, trap, getter, Object.create(null)]) {
      expect(verifyAck(it, secret)).toBe(false)
    }
    expect(verifyAck(ack, '')).toBe(false)
    fc.assert(fc.property(fc.anything({ withNullPrototype: true }), (it) => !verifyAck(it, ring)))
  })
})

describe('a ring of keys', () => {
  it('accepts the ACKs of both its keys and signs with the first', () => {
    const next = createKeyRing('the next secret, also of some length')
    const both = createKeyRing(secret, 'the next secret, also of some length')
    expect(verifyAck(signAck(fields, next), both)).toBe(true)
    expect(verifyAck(signAck(fields, ring), both)).toBe(true)
    expect(signAck(fields, both).keyId).toBe(ring.current.keyId)
    expect(verifyAck(signAck(fields, both), next)).toBe(false)
  })

  it('is refused without a secret, naming the variable', () => {
    const make = () => createKeyRing(undefined)
    expect(make).toThrow(/BLOCKING_COORDINATION_SECRET/)
    expect(() => createKeyRing('')).toThrow(/BLOCKING_COORDINATION_SECRET/)
    try {
      make()
    } catch (error) {
      expect(isConfigurationError(error)).toBe(true)
    }
  })

  it('warns of a short secret', () => {
    expect(secretWarning('short')).toMatch(/5 bytes/)
    expect(secretWarning('x'.repeat(32))).toBeUndefined()
  })
})

describe('judging an ACK as it was recorded', () => {
  const expected = { signalId: ack.signalId, target: 'receiver' }
  const stored = { epoch: ack.epoch, by: 'receiver', ack }
  const verdictOf = (it: unknown, what = expected) => judgeAck(it, what, ring, 'swarm-a').verdict

  it('accepts the true one', () => {
    expect(verdictOf(stored)).toBe('valid')
    expect(judgeAckText(JSON.stringify(stored), expected, ring, 'swarm-a').verdict).toBe('valid')
  })

  it('says why it refuses another', () => {
    expect(verdictOf({ ...stored, epoch: ack.epoch + 1 })).toBe('wrong_epoch')
    expect(verdictOf({ ...stored, by: 'another' })).toBe('foreign')
    expect(verdictOf(stored, { ...expected, target: 'another' })).toBe('foreign')
    expect(verdictOf(stored, { ...expected, signalId: 'another' })).toBe('replayed')
    expect(verdictOf({ ...stored, ack: { ...ack, iteration: 2 } })).toBe('forged')
    expect(verdictOf({ ...stored, ack: 'nothing' })).toBe('malformed')
    expect(verdictOf(undefined)).toBe('malformed')
    expect(judgeAckText('{', expected, ring).verdict).toBe('malformed')
  })
})
