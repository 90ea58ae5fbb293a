import { randomBytes } from 'node:crypto'
import { signAck, verifyAck } from '@/lib/cfn-loop/ack-mac'
import { judgeAck } from '@/lib/cfn-loop/judge-ack'
import { createKeyRing } from '@/lib/cfn-loop/key-ring'
import type { SignalAck } from '@/lib/protocol/signal'
import { type Fault, finding, none } from '../harness/fault'
import { SECRET } from '../harness/place'

const expected = { signalId: 'sender:receiver:completion:3:1700000000000', target: 'receiver' }

export const forgedAcks: Fault = {
  name: 'forged-acks',
  title: 'ACKs with flipped bits, moved fields, wrong lengths and foreign keys',
  takes: 'seconds',
  run: async (context) => {
    const ring = createKeyRing(SECRET)
    const ack = trueAck(ring)
    const stored = (it: unknown) => ({ epoch: ack.epoch, by: ack.coordinatorId, ack: it })
    const accepted: string[] = []
    const thrown: string[] = []
    let tried = 0
    const attack = (what: string, it: unknown) => {
      tried += 1
      try {
        const judged = judgeAck(stored(it), expected, ring)
        if (verifyAck(it, ring) || judged.verdict === 'valid') accepted.push(what)
      } catch (error) {
        thrown.push(`${what}: ${String(error)}`)
      }
    }

    for (const field of Object.keys(ack) as (keyof SignalAck)[]) {
      const { [field]: _, ...without } = ack
      attack(`without ${field}`, without)
      for (const value of ODD_VALUES) attack(`${field} odd`, { ...ack, [field]: value })
    }
    for (const field of ['mac', 'signature'] as const) {
      for (const length of [0, 1, 62, 63, 65, 66, 128, 100_000]) {
        attack(`${field} of ${length}`, { ...ack, [field]: 'a'.repeat(length) })
      }
      attack(`${field} in capitals`, { ...ack, [field]: ack[field].toUpperCase() })
    }
    // Fields moved into each other: a MAC over joined text would not see it.
    attack('moved', { ...ack, coordinatorId: ack.source, source: ack.coordinatorId })
    attack('moved', {
      ...ack,
      iteration: Number(`${ack.iteration}1`),
      timestamp: Number(String(ack.timestamp).slice(1)),
    })
    attack('metadata more', { ...ack, metadata: { ...ack.metadata, extra: 'x' } })
    attack('more', { ...ack, extra: 'x' })
    for (let n = 0; n < 50; n++) {
      const other = createKeyRing(randomBytes(32).toString('hex'))
      attack('of another key', trueAck(other))
      attack('of another key under our name', { ...trueAck(other), keyId: ack.keyId })
      attack('key name made up', { ...ack, keyId: randomBytes(8).toString('hex') })
    }
    attack('of another namespace', signAck(fieldsOf(ack), ring, 'elsewhere'))
    for (const thing of [
      null,
      undefined,
      0,
      '',
      'ack',
      [],
      {},
      () => {},
      Symbol('ack'),
      throwing(),
    ])
      attack('no ACK', thing)
    // Bits of the whole text, until there are enough.
    const text = Buffer.from(JSON.stringify(ack))
    const most = context.quick ? 2000 : 20_000
    for (let n = 0; tried < most; n++) {
      const bytes = Buffer.from(text)
      const flips = n < text.length * 8 ? [n] : [random(text.length * 8), random(text.length * 8)]
      for (const bit of flips) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      if (!bytes.equals(text)) attack(`bits ${flips.join(' ')}`, parsed(bytes.toString('utf8')))
    }

    const valid = verifyAck(ack, ring) && judgeAck(stored(ack), expected, ring).verdict === 'valid'
    return {
      done: `${tried} ACKs: single bits flipped, then pairs; fields missing, odd, moved, added; MACs of wrong length; other keys, key ids and namespaces; things that are no ACK`,
      findings: [
        none('none is accepted', accepted),
        none('nothing is thrown', thrown),
        finding('the true one is accepted', valid ? 'yes' : 'no', valid),
      ],
      facts: { accepted: accepted.slice(0, 50), thrown: thrown.slice(0, 50) },
    }
  },
}

const ODD_VALUES: readonly unknown[] = [
  null,
  undefined,
  '',
  0,
  -1,
  1e308,
  Number.NaN,
  [],
  {},
  true,
  'x'.repeat(10_000),
  '\u0000',
  '__proto__',
]

function trueAck(ring: ReturnType<typeof createKeyRing>): SignalAck {
  return signAck(
    {
      coordinatorId: 'receiver',
      signalId: expected.signalId,
      source: 'sender',
      timestamp: 1_700_000_000_123,
      iteration: 3,
      status: 'received',
      onBehalfOf: 'receiver',
      epoch: 1_700_000_000_001,
      metadata: { signalType: 'completion', phase: 'loop-3' },
    },
    ring,
  )
}

function fieldsOf({ keyId: _k, signature: _s, mac: _m, ...fields }: SignalAck) {
  return fields
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Whatever is asked of it throws. */
function throwing(): unknown {
  const refuse = () => {
    throw new Error('a trap')
  }
  return new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse })
}

const random = (below: number) => randomBytes(4).readUInt32LE() % below
