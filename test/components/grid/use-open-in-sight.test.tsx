// @vitest-environment jsdom
import { renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useOpenInSight } from '@/components/grid/use-open-in-sight'

const ROW = 20
const HEIGHT = 200

/** Ten thousand tiles, of which a tile's number is its name. */
function layoutOf(columns: number) {
  const tiles = columns === 0 ? 0 : 10_000
  const rows = columns === 0 ? 0 : Math.ceil(tiles / columns)
  return {
    columns,
    starts: Array.from({ length: rows + 1 }, (_, row) => row * ROW),
    rows: Array.from({ length: rows }, (_, row) => ({
      kind: 'tiles' as const,
      key: String(row),
      ids: Array.from({ length: columns }, (_, column) => String(row * columns + column)),
      labelled: false,
    })),
  }
}

function openBoard(openId: string | undefined, columns: number) {
  const element = document.createElement('div')
  Object.defineProperty(element, 'clientHeight', { value: HEIGHT })
  const scroller = { current: element }
  const { rerender } = renderHook(
    (props: { openId: string | undefined; columns: number }) =>
      useOpenInSight(scroller, props.openId, layoutOf(props.columns)),
    { initialProps: { openId, columns } },
  )
  const sees = (tile: number, columns: number) => {
    const from = Math.floor(tile / columns) * ROW
    return from >= element.scrollTop && from + ROW <= element.scrollTop + HEIGHT
  }
  return {
    element,
    sees,
    show: (openId: string | undefined, columns: number) => rerender({ openId, columns }),
  }
}

test('a link brings the board to its tile once it is laid out, and never again', () => {
  const board = openBoard('7000', 0)
  expect(board.element.scrollTop).toBe(0)
  board.show('7000', 10)
  expect(board.sees(7000, 10)).toBe(true)

  board.element.scrollTop = 400
  board.show('7000', 10)
  board.show('7000', 8)
  expect(board.element.scrollTop).toBe(400)
})

test('a tile that is in sight stays where it is as it opens', () => {
  const board = openBoard(undefined, 10)
  board.element.scrollTop = 95
  // Half of its line is above the edge.
  board.show('45', 10)
  expect(board.element.scrollTop).toBe(95)
})

test('a tile stays in sight when the drawer takes columns from the board, and gives them back', () => {
  const board = openBoard(undefined, 10)
  board.element.scrollTop = 14_000
  board.show('7050', 10)
  expect(board.element.scrollTop).toBe(14_000)
  board.show('7050', 7)
  expect(board.sees(7050, 7)).toBe(true)
  board.show(undefined, 7)
  board.show(undefined, 10)
  expect(board.sees(7050, 10)).toBe(true)
})

test('who is not on the board as it is laid out moves nothing, then or later', () => {
  const board = openBoard('nobody', 0)
  board.show('nobody', 10)
  expect(board.element.scrollTop).toBe(0)
})
