// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react'
import { useRef, useState } from 'react'
import { expect, test } from 'vitest'
import { useRovingRows, withRow } from '@/components/ui/use-roving-rows'

const ROOM = 3
const names = (...ids: readonly string[]) => ids

/** Like a list of which only the rows in sight exist. */
function List({ rows }: { rows: readonly string[] }) {
  const box = useRef<HTMLDivElement>(null)
  const [first, setFirst] = useState(0)
  const roving = useRovingRows({
    box,
    count: rows.length,
    keyAt: (index) => rows[index] ?? '',
    first,
    page: ROOM,
    scrollTo: (index) =>
      setFirst((from) => Math.min(Math.max(from, index - ROOM + 1), Math.max(index, 0))),
  })
  const seen = Array.from({ length: ROOM }, (_, at) => first + at).filter((it) => it < rows.length)
  return (
    <div ref={box} role="log" {...roving.handlers}>
      {withRow(roving.activeIndex, seen).map((index) => (
        <div key={rows[index]} data-row={rows[index]}>
          <button type="button">open {rows[index]}</button>
          <a href="/there">from {rows[index]}</a>
        </div>
      ))}
    </div>
  )
}

const stops = () =>
  [...document.querySelectorAll<HTMLElement>('button,a')]
    .filter((it) => it.tabIndex === 0)
    .map((it) => it.textContent)
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key })
const focused = () => document.activeElement?.textContent
const ten = names('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j')

test('only one row can be tabbed to, with all that is in it', () => {
  render(<List rows={ten} />)
  expect(stops()).toEqual(['open a', 'from a'])
})

test('the arrow keys go from row to row in the same column, also to rows that had to be made', () => {
  render(<List rows={ten} />)
  screen.getByText('from a').focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) press(key)
  expect(focused()).toBe('from d')
  expect(stops()).toEqual(['open d', 'from d'])
  press('End')
  expect(focused()).toBe('from j')
  press('PageUp')
  expect(focused()).toBe('from g')
  press('Home')
  press('ArrowUp')
  expect(focused()).toBe('from a')
})

test('the row with the focus keeps it while others come on top', () => {
  const { rerender } = render(<List rows={ten} />)
  screen.getByText('open b').focus()
  rerender(<List rows={names('v', 'w', 'x', 'y', 'z', ...ten)} />)
  expect(focused()).toBe('open b')
  expect(stops()).toEqual(['open b', 'from b'])
})

test('a row that is gone leaves the stop to the first in sight', () => {
  const { rerender } = render(<List rows={ten} />)
  screen.getByText('open b').focus()
  rerender(<List rows={names('x', 'y', 'z')} />)
  expect(stops()).toEqual(['open x', 'from x'])
})
