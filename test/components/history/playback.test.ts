import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { PastLoader } from '@/components/history/past-loader'
import { Playback } from '@/components/history/playback'
import { stretchOf } from '@/components/history/stretch'
import { type PastPoint, untilOf } from '@/components/live/past-point'
import { PastStore } from '@/components/live/past-store'
import type { BoxEvent } from '@/lib/protocol/events'
import { compareSequences } from '@/lib/protocol/sequence'
import { applyEvents } from '@/lib/view/reduce'
import { emptyView, viewToWire } from '@/lib/view/view'
import { registered, START, story } from '../../lib/view/event-story'

const GAP_MS = 100
const SIZE = 600

/** One coordinator more every 100 ms. */
const log: BoxEvent[] = story(
  Array.from({ length: SIZE }, (_, index) => registered(`worker-${index}`)),
).map((event, index) => ({
  ...event,
  at: START + index * GAP_MS,
  seq: `${START + index * GAP_MS}-0`,
}))
const END = START + (SIZE - 1) * GAP_MS

/** A page that looks at the past of a log, and what it asked of its server. */
function open(at: number, events = log) {
  const reads: PastPoint[] = []
  const past = new PastStore({ at })
  const loader = new PastLoader(past, async (point, { lead, follow }) => {
    reads.push(point)
    const until = untilOf(point)
    const held = events.filter((it) => compareSequences(it.seq, until) <= 0).length
    const first = Math.max(0, held - Math.min(lead, 20))
    return stretchOf({
      seq: '0-0',
      serverTime: END + 60_000,
      view: viewToWire(applyEvents(emptyView(''), events.slice(0, first))),
      events: events.slice(first, held + follow),
      until,
      complete: held + follow >= events.length,
    })
  })
  const moves: number[] = []
  const playback = new Playback(past, loader, (point) => {
    moves.push(point.at)
    past.ask(point)
  })
  const size = () => past.getBoard()?.view.coordinators.size
  return { past, loader, playback, reads, moves, size }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('the past that goes on by itself', () => {
  test.each([1, 10] as const)('goes by %i times as fast as it was', async (speed) => {
    const { playback, past, size } = open(START)
    await pass(0)
    playback.setSpeed(speed)
    playback.play(100)
    await pass(3_000)
    expect(past.getPoint()?.at).toBe(START + 3_000 * speed)
    // The coordinators that had come by then, and no others.
    expect(size()).toBe(1 + (3_000 * speed) / GAP_MS)
    playback.pause()
    await pass(3_000)
    expect(past.getPoint()?.at).toBe(START + 3_000 * speed)
  })

  test('asks its server once for a stretch, not for each board', async () => {
    const { playback, reads, moves } = open(START)
    await pass(0)
    playback.setSpeed(10)
    playback.play(100)
    await pass(4_000)
    expect(moves.length).toBe(40)
    // The first stretch, the rest of the log, and once a second whether there is more.
    expect(reads.length).toBeLessThanOrEqual(2 + 4)
  })

  test.each([100, 1_000])(
    'stops at the last event of the log, and says so (a step each %i ms)',
    async (stepMs) => {
      const { playback, past, size, moves } = open(END - 2_000)
      await pass(0)
      playback.setSpeed(60)
      playback.play(stepMs)
      await pass(5_000)
      expect(playback.getState().playing).toBe(false)
      expect(playback.getState().ended).toBe(past.getPoint())
      expect(past.getPoint()?.at).toBe(END)
      expect(size()).toBe(SIZE)
      expect(Math.max(...moves)).toBe(END)
    },
  )

  test('goes on into what has happened meanwhile', async () => {
    const events = log.slice(0, 100)
    const { playback, past } = open(START + 8_000, events)
    await pass(0)
    playback.play(100)
    await pass(500)
    events.push(...log.slice(100, 200))
    await pass(5_000)
    expect(playback.getState().playing).toBe(true)
    expect(past.getPoint()?.at).toBeGreaterThan(START + 13_000)
  })

  test('is where it was dragged to, and waits in the hand', async () => {
    const { playback, past } = open(START)
    await pass(0)
    playback.play(100)
    await pass(1_000)
    playback.hold(true)
    past.ask({ at: START + 30_000 })
    await pass(1_000)
    expect(past.getPoint()?.at).toBe(START + 30_000)
    playback.hold(false)
    await pass(1_000)
    expect(past.getPoint()?.at).toBe(START + 31_000)
  })

  test('stops with the past', async () => {
    const { playback, past } = open(START)
    await pass(0)
    playback.play(100)
    past.ask(undefined)
    await pass(500)
    expect(playback.getState().playing).toBe(false)
    expect(past.getPoint()).toBeUndefined()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('what cannot be read stops it, and is said', async () => {
    const { playback, past, loader } = open(END - 60_000 + 1_000)
    await pass(0)
    vi.spyOn(loader, 'readOn').mockRejectedValue(new Error('gone'))
    playback.setSpeed(60)
    playback.play(100)
    await pass(1_000)
    expect(playback.getState().playing).toBe(false)
    expect(past.getFailure()).toEqual(new Error('gone'))
  })
})
