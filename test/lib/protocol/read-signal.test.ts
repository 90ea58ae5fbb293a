import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { hintSchema, parseHints } from '@/lib/protocol/hint'
import { exactAckSchema, readExactAck, readStoredAck } from '@/lib/protocol/read-ack'
import { readHandmadeSignal, readSignal } from '@/lib/protocol/read-signal'
import { handmadeSignalSchema, signalSchema, storedAckSchema } from '@/lib/protocol/signal'

const signal = {
  signalId: 'sender:receiver:completion:1:1700000000000',
  source: 'sender',
  targets: ['receiver', 'other'],
  type: 'completion',
  iteration: 1,
  timestamp: 1_700_000_000_000,
  payload: { done: true, parts: [1, 2.5, 'ä', null, { deep: [[]] }] },
}
const ack = {
  coordinatorId: 'receiver',
  signalId: signal.signalId,
  source: 'sender',
  timestamp: 1_700_000_000_123,
  iteration: 1,
  status: 'received',
  onBehalfOf: 'receiver',
  epoch: 1_700_000_000_001,
  keyId: 'abcdef0123456789',
  signature: '0f'.repeat(32),
  mac: 'a1'.repeat(32),
  metadata: { signalType: 'completion', phase: 'loop-3' },
}
const stored = { epoch: 1_700_000_000_001, by: 'receiver', ack }
const hints = [
  { k: 'signal', db: 0, entry: '1700000000000-0', target: 'receiver', signal },
  { k: 'signal', db: 0, entry: '1700000000000-0', target: 'receiver' },
  { k: 'ack', db: 3, signalId: signal.signalId, target: 'receiver', stored },
  { k: 'gone', db: 0, signalId: signal.signalId },
]

/** What a field may be changed to. Some of it is nearly right. */
const oddValue = fc.oneof(
  fc.anything({ withSparseArray: true, withNullPrototype: true, withDate: true, withMap: true }),
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    ...[
      '',
      'a b',
      'x'.repeat(65),
      'a:b:c',
      'received',
      '*',
      `${'0f'.repeat(32)}\n`,
      'A1'.repeat(32),
    ],
    ...[-0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1_000_000_000, 2 ** 53, 1n],
    ...[
      [],
      Object.assign([], { k: 1 }),
      ['receiver', 'receiver'],
      Array(1001).fill('receiver'),
      {},
      null,
      undefined,
    ],
    ...[{ signedBy: 'server' }, { signedBy: 'me' }, { phase: undefined }, { phase: 'x', more: 1 }],
    ...[JSON.parse('{"__proto__":1}'), { constructor: 1 }, { [Symbol('s')]: 1 }, new Date(0)],
  ),
)

/** The value, or one with some of its fields changed, dropped, or new ones beside them. */
function nearly(value: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  const fields = fc.constantFrom(...Object.keys(value), 'extra')
  const change = fc.record({ field: fields, drop: fc.boolean(), to: oddValue })
  return fc.oneof(
    fc.array(change, { maxLength: 2 }).map((changes) => {
      const changed: Record<string, unknown> = { ...value }
      for (const { field, drop, to } of changes) {
        if (drop) delete changed[field]
        else changed[field] = to
      }
      return changed
    }),
    oddValue,
  )
}

function agrees(
  read: (value: unknown) => unknown,
  schema: z.ZodType,
  values: fc.Arbitrary<unknown>,
) {
  fc.assert(
    fc.property(values, (value) => {
      expect(read(value)).toEqual(schema.safeParse(value).data)
    }),
    { numRuns: 2000 },
  )
}

describe('what is read quickly', () => {
  it('is a signal exactly where the schema says so', () => {
    agrees(readSignal, signalSchema, nearly(signal))
    agrees((it) => readHandmadeSignal(it).data, handmadeSignalSchema, nearly(signal))
  })

  it('is an ACK exactly where the schema says so, without a field more', () => {
    agrees(readExactAck, exactAckSchema, nearly(ack))
    agrees(
      (it) => readExactAck({ ...ack, metadata: it }),
      {
        safeParse: (it: unknown) => exactAckSchema.safeParse({ ...ack, metadata: it }),
      } as z.ZodType,
      nearly(ack.metadata),
    )
    agrees(readStoredAck, storedAckSchema, nearly(stored))
  })

  it('is a hint exactly where the schema says so', () => {
    const one = fc.oneof(...hints.map(nearly)).map((it) => JSON.stringify(it, noBigInts) ?? 'null')
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 3 }), (them) => {
        const expected = them.map((it) => hintSchema.safeParse(JSON.parse(it)).data)
        const all = expected.includes(undefined) ? undefined : expected
        expect(parseHints(`[${them.join(',')}]`)).toEqual(all)
      }),
      { numRuns: 2000 },
    )
    expect(parseHints(JSON.stringify(hints[0]))).toEqual([hints[0]])
    expect(parseHints('{')).toBeUndefined()
  })

  it('is a copy', () => {
    const read = readSignal(signal)
    expect(read).toEqual(signal)
    expect(read).not.toBe(signal)
    expect(read?.payload).not.toBe(signal.payload)
    expect(read?.targets).not.toBe(signal.targets)
    expect(readExactAck(ack)).not.toBe(ack)
  })

  it('leaves what is deeper than any payload to the schema', () => {
    let payload: unknown = 1
    for (let level = 0; level < 200; level++) payload = [payload]
    expect(readSignal({ ...signal, payload })).toEqual({ ...signal, payload })
  })
})

function noBigInts(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? 'big' : value
}
