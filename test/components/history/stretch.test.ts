import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PastLoader } from '@/components/history/past-loader'
import {
  boardOf,
  covers,
  joined,
  lastOf,
  neighbourOf,
  stretchOf,
} from '@/components/history/stretch'
import { type PastPoint, pointOfEvent, untilOf } from '@/components/live/past-point'
import { PastStore } from '@/components/live/past-store'
import type { BoxEvent } from '@/lib/protocol/events'
import { compareSequences } from '@/lib/protocol/sequence'
import { applyEvents } from '@/lib/view/reduce'
import { emptyView, viewToWire } from '@/lib/view/view'
import { anyStory, plain, START } from '../../lib/view/event-story'

const NOW = START + 10_000

const notAfter = (events: readonly BoxEvent[], until: string) =>
  events.filter((it) => compareSequences(it.seq, until) <= 0)

/** What the server answers, by its own promise. */
function answer(events: readonly BoxEvent[], point: PastPoint, lead: number, follow: number) {
  const until = untilOf(point)
  const held = notAfter(events, until).length
  const first = Math.max(0, held - lead)
  return {
    seq: '0-0',
    serverTime: NOW,
    view: viewToWire(applyEvents(emptyView(''), events.slice(0, first))),
    events: events.slice(first, held + follow),
    until,
    complete: held + follow >= events.length,
  }
}

const anyPoint = fc.oneof(
  fc.integer({ min: -5, max: 650 }).map((ms): PastPoint => ({ at: START + ms })),
  fc.nat(60).map((place) => pointOfEvent(`${START + place * 10}-0`)),
)
const beside = fc.nat(8)

describe('a stretch of the past', () => {
  test('gives the board of every moment that it covers, and of no other', () => {
    fc.assert(
      fc.property(anyStory, anyPoint, anyPoint, beside, beside, (events, asked, point, l, f) => {
        const stretch = stretchOf(answer(events, asked, l, f))
        fc.pre(covers(stretch, point))
        const { view, recent } = boardOf(stretch, point)
        const then = notAfter(events, untilOf(point))
        expect(plain(view)).toEqual(plain(applyEvents(emptyView(''), then)))
        expect(recent).toEqual(then.slice(then.length - recent.length))
      }),
      { numRuns: 150 },
    )
  })

  test('read on behind its last event, is one stretch; and a later board of it goes on from an earlier', () => {
    fc.assert(
      fc.property(anyStory, anyPoint, anyPoint, anyPoint, (events, asked, one, other) => {
        const first = stretchOf(answer(events, asked, 3, 2))
        const next = stretchOf(answer(events, pointOfEvent(lastOf(first)), 0, 4))
        const whole = joined(first, next)
        fc.pre(covers(whole, one) && covers(whole, other))
        const { view, recent } = boardOf(whole, other, boardOf(whole, one))
        const then = notAfter(events, untilOf(other))
        expect(plain(view)).toEqual(plain(applyEvents(emptyView(''), then)))
        expect(recent).toEqual(then.slice(then.length - recent.length))
      }),
      { numRuns: 150 },
    )
  })

  test('covers the moment that was asked for, unless more may come to it yet', () => {
    fc.assert(
      fc.property(anyStory, anyPoint, beside, beside, (events, asked, lead, follow) => {
        const told = answer(events, asked, lead, follow)
        const last = told.events.at(-1)
        // A ms of which the last event told of is one may hold more of them.
        fc.pre(told.complete || last === undefined || compareSequences(told.until, last.seq) <= 0)
        fc.pre(told.complete || told.events.length > lead)
        expect(covers(stretchOf(told), asked)).toBe(true)
      }),
    )
    expect(covers(stretchOf(answer([], { at: 1 }, 0, 0)), { at: NOW })).toBe(false)
  })

  test('steps from event to event, both ways, and says where it does not know', () => {
    const [events] = fc.sample(
      anyStory.filter((it) => it.length >= 6),
      { numRuns: 1, seed: 1 },
    )
    if (!events) throw new Error('no story')
    const stretch = stretchOf(answer(events, { at: NOW - 1 }, 500, 0))
    const points = [pointOfEvent(events[0]?.seq ?? '')]
    for (let to = neighbourOf(stretch, points[0] ?? { at: 0 }, 1); to; ) {
      points.push(to)
      to = neighbourOf(stretch, to, 1)
    }
    expect(points.map((it) => it.seq)).toEqual(events.map((it) => it.seq))
    const last = points.at(-1) ?? { at: 0 }
    expect(neighbourOf(stretch, last, -1)).toEqual(points.at(-2))
    // Between two events, the one before is the last that happened.
    expect(neighbourOf(stretch, { at: START + 15 }, -1)).toEqual(points[1])
    expect(neighbourOf(stretch, { at: START + 15 }, 1)).toEqual(points[2])
    expect(neighbourOf(stretch, points[0] ?? { at: 0 }, -1)).toBeUndefined()
  })
})

describe('whoever drags', () => {
  const settle = async () => {
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
  }

  test('sees the moment asked for last, with one read on its way at a time', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory, fc.array(anyPoint, { minLength: 1 }), async (events, points) => {
        const past = new PastStore()
        let onTheirWay = 0
        const loader = new PastLoader(past, async (point) => {
          onTheirWay += 1
          expect(onTheirWay).toBe(1)
          await new Promise((resolve) => setImmediate(resolve))
          onTheirWay -= 1
          return stretchOf(answer(events, point, 3, 3))
        })
        for (const [index, point] of points.entries()) {
          past.ask(point)
          if (index % 3 === 0) await new Promise((resolve) => setImmediate(resolve))
        }
        await settle()
        const last = points.at(-1) ?? { at: 0 }
        const board = past.getBoard()
        expect(board?.point).toEqual(last)
        const then = notAfter(events, untilOf(last))
        expect(plain(board?.view ?? emptyView(''))).toEqual(plain(applyEvents(emptyView(''), then)))
        loader.stop()
      }),
      { numRuns: 60 },
    )
  })

  test('who goes back to live is not shown what was still on its way', async () => {
    const past = new PastStore({ at: START })
    let arrive = () => {}
    const loader = new PastLoader(past, async (point) => {
      await new Promise<void>((resolve) => {
        arrive = resolve
      })
      return stretchOf(answer([], point, 0, 0))
    })
    past.ask(undefined)
    arrive()
    await settle()
    expect(past.getBoard()).toBeUndefined()
    expect(past.getTime()).toBeUndefined()
    loader.stop()
  })

  test('a moment that cannot be shown is said so, and tried again when asked', async () => {
    const past = new PastStore({ at: START })
    let reads = 0
    const loader = new PastLoader(past, async (point) => {
      reads += 1
      if (reads === 1) throw new Error('not kept any more')
      return stretchOf(answer([], point, 0, 0))
    })
    await settle()
    expect(past.getFailure()).toEqual(new Error('not kept any more'))
    expect(reads).toBe(1)
    loader.retry()
    await settle()
    expect(past.getFailure()).toBeUndefined()
    expect(past.getBoard()?.point.at).toBe(START)
    loader.stop()
  })
})
