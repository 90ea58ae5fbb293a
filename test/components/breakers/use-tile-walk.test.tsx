// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react'
import { useRef } from 'react'
import { expect, test, vi } from 'vitest'
import { useTileWalk } from '@/components/breakers/use-tile-walk'

/** Two lines of two. */
const PLACES: Record<string, [x: number, y: number]> = {
  a: [0, 0],
  b: [100, 0],
  c: [0, 100],
  d: [100, 100],
}

function Room({ tiles }: { tiles: readonly string[] }) {
  const box = useRef<HTMLDivElement>(null)
  const walk = useTileWalk(box)
  return (
    <div ref={box} {...walk}>
      {tiles.map((it) => (
        <button key={it} type="button" data-breaker={it}>
          {it}
        </button>
      ))}
    </div>
  )
}

test('all tiles are one stop of the tab key, walked by the arrow keys', () => {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (
    this: HTMLElement,
  ) {
    const [x, y] = PLACES[this.textContent ?? ''] ?? [0, 0]
    return new DOMRect(x, y, 80, 80)
  })
  const stops = () => screen.getAllByRole('button').filter((it) => it.tabIndex === 0)
  const { rerender } = render(<Room tiles={['a', 'b', 'c', 'd']} />)
  const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key })
  expect(stops().map((it) => it.textContent)).toEqual(['a'])

  screen.getByText('a').focus()
  press('ArrowRight')
  expect(document.activeElement?.textContent).toBe('b')
  press('ArrowDown')
  expect(document.activeElement?.textContent).toBe('d')
  press('ArrowRight')
  expect(document.activeElement?.textContent).toBe('d')
  rerender(<Room tiles={['a', 'b', 'c', 'd']} />)
  expect(stops().map((it) => it.textContent)).toEqual(['d'])

  // What had it is gone: the first is the stop again.
  rerender(<Room tiles={['a', 'b', 'c']} />)
  expect(stops().map((it) => it.textContent)).toEqual(['a'])
})
