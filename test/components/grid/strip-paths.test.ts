import { expect, test } from 'vitest'
import { STRIP_HEIGHT, stripPaths } from '@/components/grid/strip-paths'

/** Left edge, width and height of each bar. */
function barsOf(path: string): number[][] {
  return [...path.matchAll(/M([\d.]+) [\d.]+h([\d.]+)v-([\d.]+)/g)].map(([, ...it]) =>
    it.map(Number),
  )
}

test('each slot is a bar: as high as its beat was in time, a dash for none, another for the unknown', () => {
  const { beats, missed, unknown } = stripPaths([null, 0, 0.5, 1], 40, 1)
  expect(barsOf(unknown)).toEqual([[0, 7, 1.5]])
  expect(barsOf(missed)).toEqual([[10, 7, 1.5]])
  expect(barsOf(beats)).toEqual([
    [20, 7, STRIP_HEIGHT / 2],
    [30, 7, STRIP_HEIGHT],
  ])
})

test('bars stand on pixels of the screen, however the width is divided', () => {
  const slots = Array<number>(24).fill(0.71)
  for (const scale of [1, 2]) {
    const bars = barsOf(stripPaths(slots, 155.4, scale).beats)
    expect(bars).toHaveLength(24)
    for (const edge of bars.flat()) expect((edge * scale) % 1).toBe(0)
  }
})
