import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Sequence } from '@/lib/protocol/sequence'
import { DraftMap } from '@/lib/view/draft-map'

interface Entry {
  readonly seq: Sequence
  readonly text: string
}
type Step = readonly ['put' | 'change' | 'drop' | 'walk', number]

const LARGE = 1_200
const numbered = (count: number): ReadonlyMap<string, Entry> =>
  new Map(Array.from({ length: count }, (_, n) => [`e-${n}`, { seq: '1-0', text: `${n}` }]))

// Among the entries that are there, and beyond them.
const anyStep: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom('put', 'put', 'change', 'change', 'change', 'drop', 'walk'),
  fc.nat(LARGE + 40),
)
const anyBatches = fc.array(fc.array(anyStep, { maxLength: 12 }), { maxLength: 12 })

describe('a map that changes batch by batch', () => {
  test.each([3, LARGE])('holds what a plain one would, in the same order: %i entries', (count) => {
    fc.assert(
      fc.property(anyBatches, (batches) => {
        let map = numbered(count)
        const plain = new Map(map)
        let at = 1
        for (const steps of batches) {
          const draft = new DraftMap(map)
          for (const [what, n] of steps) {
            const [id, entry] = [`e-${n}`, { seq: `${++at}-0` as Sequence, text: what }]
            if (what === 'put') draft.put(id, entry)
            else if (what === 'change') draft.change(id, entry.seq, (it) => ({ ...it, text: what }))
            else if (what === 'drop') draft.drop(id)
            else expect([...draft.values()]).toEqual([...plain.values()])
            if (what === 'put' || (what === 'change' && plain.has(id))) plain.set(id, entry)
            if (what === 'drop') plain.delete(id)
            expect(draft.get(id)).toEqual(plain.get(id))
          }
          map = draft.finish()
          expect(map.size).toBe(plain.size)
        }
        expect([...map]).toEqual([...plain])
      }),
      { numRuns: 60 },
    )
  })

  test('leaves the one before as it was, however many batches follow', () => {
    const first = numbered(LARGE)
    let map = first
    const kept = [map]
    for (let n = 0; n < 900; n++) {
      const draft = new DraftMap(map)
      draft.put(`e-${n}`, { seq: '2-0', text: 'new' })
      map = draft.finish()
      if (n % 100 === 0) kept.push(map)
    }
    const news = (it: ReadonlyMap<string, Entry>) =>
      [...it.values()].filter(({ text }) => text === 'new').length
    expect(kept.map(news)).toEqual([0, 1, 101, 201, 301, 401, 501, 601, 701, 801])
    expect(news(map)).toBe(900)
  })
})
