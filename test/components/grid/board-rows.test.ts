import { describe, expect, it } from 'vitest'
import {
  boardRows,
  columnsFor,
  heightOf,
  measureOf,
  placeOf,
  stepFrom,
} from '@/components/grid/board-rows'
import type { Group } from '@/components/grid/group-coordinators'

const group = (name: string, ...ids: string[]): Group => ({
  key: `swarm:${name}`,
  kind: 'swarm',
  name,
  ids,
  counts: {},
})

// a b c
// d
// e f
const rows = boardRows([group('one', 'a', 'b', 'c', 'd'), group('two', 'e', 'f')], 3)
const step = (id: string, ...directions: Parameters<typeof stepFrom>[2][]) =>
  directions.reduce<string | undefined>(
    (at, direction) => stepFrom(rows, at === undefined ? undefined : placeOf(rows, at), direction),
    id,
  )

describe('the lines of the board', () => {
  it('are a header for each group, and its tiles side by side', () => {
    expect(rows.map((it) => (it.kind === 'header' ? it.group.name : it.ids.join('')))).toEqual([
      'one',
      'abc',
      'd',
      'two',
      'ef',
    ])
  })

  it('hold as many tiles as fit with their gaps, and at least one', () => {
    const measure = measureOf('card', 1)
    expect(columnsFor(measure, measure.tile * 3 + measure.gap * 2)).toBe(3)
    expect(columnsFor(measure, measure.tile * 3 + measure.gap * 2 - 1)).toBe(2)
    expect(columnsFor(measure, 20)).toBe(1)
  })

  it('grow with the letters, and give a narrow header two lines', () => {
    const [usual, large] = [measureOf('card', 1), measureOf('card', 1.5)]
    const [header, tiles] = rows
    if (!header || !tiles) throw new Error('no rows')
    expect(heightOf(tiles, 1, large, 2_000)).toBeGreaterThan(heightOf(tiles, 1, usual, 2_000))
    expect(heightOf(header, 0, usual, 300)).toBeGreaterThan(heightOf(header, 0, usual, 2_000))
  })
})

describe('the arrow keys', () => {
  it('go from tile to tile, over headers and line ends', () => {
    expect(step('a', 'right')).toBe('b')
    expect(step('c', 'right')).toBe('d')
    expect(step('d', 'right')).toBe('e')
    expect(step('e', 'left')).toBe('d')
  })

  it('go up and down in the column, or as near as a shorter line lets them', () => {
    expect(step('b', 'down')).toBe('d')
    expect(step('b', 'down', 'down')).toBe('e')
    expect(step('f', 'up')).toBe('d')
  })

  it('stay at the edges', () => {
    expect(step('a', 'left')).toBe('a')
    expect(step('a', 'up')).toBe('a')
    expect(step('f', 'right')).toBe('f')
    expect(step('f', 'down')).toBe('f')
  })

  it('begin at the first tile, and know the ends', () => {
    expect(stepFrom(rows, undefined, 'right')).toBe('a')
    expect(step('d', 'last')).toBe('f')
    expect(step('f', 'first')).toBe('a')
    expect(stepFrom([], undefined, 'right')).toBeUndefined()
  })
})
