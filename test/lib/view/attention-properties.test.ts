import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import { LIVENESS } from '@/lib/protocol/liveness'
import { attentionOf } from '@/lib/view/attention'
import { breaker, coordinator, moment, NOW, round, signal, target } from './board-builder'

const IDS = Array.from({ length: 14 }, (_, at) => `c${String(at).padStart(2, '0')}`)
const runs = { numRuns: 500 }

/** Somebody on a crowded board: few swarms and hosts, last beats that often lie near each other. */
const anybody = (id: string): fc.Arbitrary<CoordinatorView> =>
  fc
    .record({
      liveness: fc.constantFrom(...LIVENESS, 'dead' as const, 'dead' as const, 'stale' as const),
      swarm: fc.constantFrom('billing', 'search'),
      host: fc.option(fc.constantFrom('h1', 'h2', 'h3'), { nil: undefined }),
      pid: fc.option(fc.constantFrom(1, 2), { nil: undefined }),
      beat: fc.integer({ min: 100, max: 160 }),
      since: fc.integer({ min: 1, max: 60 }),
      refusedWrites: fc.nat(2),
    })
    .map(({ liveness, swarm, host, pid, beat, since, refusedWrites }) =>
      coordinator(id, {
        liveness,
        swarmId: swarm,
        lastBeat: NOW - beat * 1_000,
        livenessSince: NOW - since * 1_000,
        refusedWrites,
        process: { ...(host === undefined ? {} : { host }), ...(pid === undefined ? {} : { pid }) },
      }),
    )

const board = fc.tuple(...IDS.map(anybody))
const others = {
  breakers: [breaker('c00', 'redis', { state: 'open' }), breaker('c01', 'llm', { state: 'open' })],
  consensus: [round(4, 1, {})],
  signals: [signal('s:1', [target('somebody', 'expired')], { deadline: NOW - 1_000 })],
}
const entriesOf = (coordinators: readonly CoordinatorView[]) =>
  attentionOf(moment({ coordinators, ...others }))

describe('whatever is on the board', () => {
  test('whoever is dead, late or never came is in exactly one entry about that', () => {
    fc.assert(
      fc.property(board, (coordinators) => {
        const about = entriesOf(coordinators)
        for (const [liveness, kinds] of [
          ['dead', ['dead', 'died-together', 'host-gone', 'process-gone']],
          ['stale', ['stale', 'late-together']],
          ['failed', ['failed', 'failed-together']],
        ] as const) {
          const named = about
            .filter((it) => (kinds as readonly string[]).includes(it.kind))
            .flatMap((it) => it.coordinators)
          const are = coordinators.filter((it) => it.liveness === liveness).map((it) => it.id)
          expect([...named].sort()).toEqual(are)
        }
      }),
      runs,
    )
  })

  test('names are unique, and the order does not hang on the order of the board', () => {
    fc.assert(
      fc.property(board, fc.shuffledSubarray(IDS, { minLength: IDS.length }), (all, order) => {
        const names = entriesOf(all).map((it) => it.id)
        expect(new Set(names).size).toBe(names.length)
        const shuffled = order.flatMap((id) => all.find((it) => it.id === id) ?? [])
        expect(entriesOf(shuffled).map((it) => it.id)).toEqual(names)
      }),
      runs,
    )
  })

  test('what happens to one never reorders what is about others', () => {
    fc.assert(
      fc.property(board, fc.nat(IDS.length - 1), board, (before, at, other) => {
        const changed = other[at]
        const id = IDS[at] ?? ''
        if (changed === undefined) return
        const after = before.map((it, index) => (index === at ? changed : it))
        const withoutIt = (entries: ReturnType<typeof entriesOf>) =>
          entries.filter((it) => !it.coordinators.includes(id)).map((it) => it.id)
        const [one, two] = [withoutIt(entriesOf(before)), withoutIt(entriesOf(after))]
        const both = new Set(one.filter((it) => two.includes(it)))
        expect(one.filter((it) => both.has(it))).toEqual(two.filter((it) => both.has(it)))
      }),
      runs,
    )
  })

  test('what was taken up as a whole stays so, however many of it are helped', () => {
    fc.assert(
      fc.property(board, fc.subarray(IDS), (coordinators, helped) => {
        const marks = entriesOf(coordinators).map((it) => ({
          entry: it.id,
          kind: 'acknowledged' as const,
          by: 'ada',
          at: NOW,
          seq: `${NOW}-0`,
        }))
        const gone = new Set(helped)
        const left = coordinators.filter((it) => it.liveness !== 'dead' || !gone.has(it.id))
        const open = attentionOf(moment({ coordinators: left, marks, ...others })).filter(
          (it) => it.handling.state === 'open' && it.silence !== undefined,
        )
        // Those of one place who were in two entries become one of their own when few of either are left.
        const ofPlaces: readonly string[] = ['host-gone', 'process-gone']
        expect(open.filter((it) => !ofPlaces.includes(it.kind))).toEqual([])
      }),
      runs,
    )
  })
})
