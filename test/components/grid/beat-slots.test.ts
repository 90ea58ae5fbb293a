import { describe, expect, it } from 'vitest'
import { beatSlots } from '@/components/grid/beat-slots'
import { STRIP_SLOTS } from '@/lib/protocol/frames'

const SECOND = 1_000
/** The slots of which something is known. */
const known = (gaps: number[], silentMs = 0) =>
  beatSlots(gaps, SECOND, silentMs).filter((it) => it !== null)

describe('the slots of a beat strip', () => {
  it('are always as many, the newest last, and open before anything is known', () => {
    const slots = beatSlots([10, 10], SECOND, 0)
    expect(slots).toHaveLength(STRIP_SLOTS)
    expect(slots.slice(-2)).toEqual([1, 1])
    expect(slots.slice(0, -2).every((it) => it === null)).toBe(true)
  })

  it('are full when a beat came in its interval, and lower the later it came', () => {
    const [onTime, late, later] = known([10, 13, 17])
    expect(onTime).toBe(1)
    expect(late).toBeLessThan(1)
    expect(later).toBeLessThan(late ?? 0)
    expect(later).toBeGreaterThan(0)
  })

  it('are a flat dash for every beat that never came', () => {
    expect(known([10, 40, 10])).toEqual([1, 0, 0, 0, 1, 1])
  })

  it('share one when a coordinator beats twice in an interval', () => {
    expect(known([10, 2, 8, 5, 5, 10])).toEqual([1, 1, 1, 1])
  })

  it('are open for a time in which nobody looked', () => {
    expect(beatSlots([10, -30, 10], SECOND, 0).slice(-5)).toEqual([1, null, null, null, 1])
  })

  it('grow dashes while it is silent, and no further than they are drawn', () => {
    expect(known([10], 900)).toEqual([1])
    expect(known([10], 3_500)).toEqual([1, 0, 0, 0])
    expect(beatSlots([10, 10], SECOND, 900_000)).toEqual(Array(STRIP_SLOTS).fill(0))
  })
})
