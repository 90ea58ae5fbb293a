import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EVENT_TYPES } from '@/lib/protocol/events'
import { applyEvents } from '@/lib/view/reduce'
import { emptyView, type View } from '@/lib/view/view'
import { anyStory, plain } from './event-story'

const empty = emptyView('')
const runs = { numRuns: 300 }

describe('the board as a fold of events', () => {
  test('is the same however the events are cut into batches', () => {
    fc.assert(
      fc.property(anyStory, fc.array(fc.nat(60)), (events, cuts) => {
        const places = [...new Set([0, ...cuts.filter((it) => it < events.length), events.length])]
        places.sort((a, b) => a - b)
        let view = empty
        for (let i = 1; i < places.length; i++) {
          view = applyEvents(view, events.slice(places[i - 1], places[i]))
        }
        expect(plain(view)).toEqual(plain(applyEvents(empty, events)))
      }),
      runs,
    )
  })

  test('is the same from an older snapshot as from a newer one', () => {
    fc.assert(
      fc.property(anyStory, fc.nat(60), fc.nat(60), (events, one, other) => {
        const older = applyEvents(empty, events.slice(0, Math.min(one, other)))
        const newer = applyEvents(empty, events.slice(0, Math.max(one, other)))
        expect(plain(applyEvents(older, events))).toEqual(plain(applyEvents(newer, events)))
      }),
      runs,
    )
  })

  test('is the same when the records of a snapshot were read while the world went on', () => {
    fc.assert(
      fc.property(anyStory, fc.nat(60), fc.infiniteStream(fc.nat(20)), (events, from, delays) => {
        const at = (place: number) => applyEvents(empty, events.slice(0, place))
        const begun = at(from)
        /** Each record as it was when its turn came, later for some than for others. */
        const smeared = <V>(pick: (view: View) => ReadonlyMap<string, V>): Map<string, V> => {
          const ids = new Set(events.length > 0 ? [...pick(at(events.length)).keys()] : [])
          for (const id of pick(begun).keys()) ids.add(id)
          const map = new Map<string, V>()
          for (const id of ids) {
            const value = pick(at(from + (delays.next().value ?? 0))).get(id)
            if (value !== undefined) map.set(id, value)
          }
          return map
        }
        const snapshot: View = {
          ...begun,
          coordinators: smeared((it) => it.coordinators),
          signals: smeared((it) => it.signals),
          consensus: smeared((it) => it.consensus),
          breakers: smeared((it) => it.breakers),
          spawns: smeared((it) => it.spawns),
          marks: smeared((it) => it.marks),
        }
        expect(plain(applyEvents(snapshot, events))).toEqual(plain(at(events.length)))
      }),
      runs,
    )
  })

  test('leaves the view that it began with as it was', () => {
    fc.assert(
      fc.property(anyStory, fc.nat(60), (events, from) => {
        const before = applyEvents(empty, events.slice(0, from))
        const copy = structuredClone(plain(before))
        applyEvents(before, events.slice(from))
        expect(plain(before)).toEqual(copy)
      }),
      runs,
    )
  })

  test('takes an event about nobody it knows, of any type, without a word', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(anyStory, (events) => {
        for (const event of events) {
          seen.add(event.type)
          applyEvents(empty, [event])
        }
      }),
      { numRuns: 1000 },
    )
    expect([...seen].sort()).toEqual([...EVENT_TYPES].sort())
  })
})
