import { describe, expect, test } from 'vitest'
import { beatIntervals, beatScale } from '@/lib/view/beat-intervals'

describe('the silences between beats', () => {
  test('are the gaps, and the one that is still open', () => {
    expect(beatIntervals([100, 150, 220], 260, 10)).toEqual([
      { at: 150, gapMs: 50, open: false },
      { at: 220, gapMs: 70, open: false },
      { at: 260, gapMs: 40, open: true },
    ])
    expect(beatIntervals([100], 90, 10)).toEqual([])
    expect(beatIntervals([], 90, 10)).toEqual([])
  })

  test('are the latest only', () => {
    const beats = Array.from({ length: 100 }, (_, index) => index * 10)
    const shown = beatIntervals(beats, 995, 5)
    expect(shown.map((it) => it.at)).toEqual([960, 970, 980, 990, 995])
  })
})

describe('the scale of the beats', () => {
  const scale = (gapMs: number, dead = 10_000) => {
    const { top, marks } = beatScale([{ at: 0, gapMs, open: false }], 1_000, dead / 2, dead)
    return [top, marks.map((it) => it.means).join(' ')]
  }

  test('shows usual beats large, and the limits as soon as a silence comes near them', () => {
    expect(scale(1_000)).toEqual([1_700, 'expected'])
    expect(scale(4_500)).toEqual([5_400, 'expected late'])
    expect(scale(9_000)).toEqual([10_800, 'expected late dead'])
  })

  test('leaves out a mark that another one would overwrite', () => {
    expect(scale(2_000, 2_500)).toEqual([2_400, 'late'])
  })

  test('never reaches far beyond death', () => {
    expect(scale(600_000)).toEqual([11_500, 'expected late dead'])
  })
})
