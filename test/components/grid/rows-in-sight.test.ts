import { describe, expect, it } from 'vitest'
import { rowsInSight } from '@/components/grid/rows-in-sight'

/** A header of 40 px, then a hundred lines of 80 px. */
const starts = [0, ...Array.from({ length: 101 }, (_, at) => 40 + at * 80)]

describe('the rows in sight', () => {
  it('begin with the first one at the top, and reach beyond the lower edge', () => {
    expect(rowsInSight(starts, 0, 400)).toEqual({ first: 0, end: 9 })
  })

  it('cover all that is between the edges, wherever one has scrolled to', () => {
    for (let top = 0; top <= 7640; top += 7) {
      const { first, end } = rowsInSight(starts, top, 400)
      expect(starts[first]).toBeLessThanOrEqual(top)
      expect(starts[end]).toBeGreaterThanOrEqual(top + 400)
      expect(end - first).toBeLessThan(16)
    }
  })

  it('end with the last one at the bottom, and are none of an empty list', () => {
    expect(rowsInSight(starts, 8040, 400).end).toBe(101)
    expect(rowsInSight(starts, 99_999, 400).end).toBe(101)
    expect(rowsInSight([0], 0, 400)).toEqual({ first: 0, end: 0 })
    expect(rowsInSight(starts, 0, 0)).toEqual({ first: 0, end: 0 })
  })
})
