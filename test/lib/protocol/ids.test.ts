import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareSequences,
  consensusKeySchema,
  coordinatorIdSchema,
  SEQUENCE_START,
  signalIdSchema,
} from '@/lib/protocol/ids'

describe('ids', () => {
  it('accepts letters, digits, _ and -, up to 64 of them', () => {
    for (const id of ['a', 'coordinator-1', 'A_b-9', 'x'.repeat(64), '__proto__'])
      expect(coordinatorIdSchema.safeParse(id).success).toBe(true)
    for (const id of ['', 'x'.repeat(65), 'a:b', 'a b', 'a*', 'ä', 'a\n', 'a\0'])
      expect(coordinatorIdSchema.safeParse(id).success).toBe(false)
  })

  it('accepts signal ids of one to five segments, with * only as the receiver of a broadcast', () => {
    for (const id of [
      'signal-123',
      'a:b',
      'a:b:c:d',
      'sender:receiver:completion:1:1696889234567',
      'sender:*:completion:1:1',
    ]) {
      expect(signalIdSchema.safeParse(id).success, id).toBe(true)
    }
    for (const id of [
      '',
      ':',
      'a:',
      ':a',
      'a::b',
      '*',
      '*:a',
      'a:b:*',
      'a:b:c:d:e:f',
      `${'x'.repeat(65)}:b`,
      'a:b\n',
    ]) {
      expect(signalIdSchema.safeParse(id).success, id).toBe(false)
    }
  })

  it('names a consensus round by swarm, loop, run and iteration', () => {
    expect(consensusKeySchema.safeParse('auth:2:run-1:3').success).toBe(true)
    for (const key of ['auth:two:run:3', 'auth:2:run', 'auth:2:run:-1', 'auth:2:run:3:4'])
      expect(consensusKeySchema.safeParse(key).success, key).toBe(false)
  })
})

describe('sequences', () => {
  const sequence = fc.tuple(fc.nat({ max: 2 ** 44 }), fc.nat({ max: 1_000_000 }))

  it('are ordered by time first, then by counter', () => {
    fc.assert(
      fc.property(sequence, sequence, ([ms, n], [otherMs, otherN]) => {
        const expected = Math.sign(ms - otherMs) || Math.sign(n - otherN)
        expect(Math.sign(compareSequences(`${ms}-${n}`, `${otherMs}-${otherN}`))).toBe(expected)
      }),
    )
  })

  it('do not compare as text: 9 comes before 10', () => {
    expect(compareSequences('1-9', '1-10')).toBeLessThan(0)
    expect(compareSequences(SEQUENCE_START, '1-0')).toBeLessThan(0)
  })
})
