// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { useRef } from 'react'
import { expect, test } from 'vitest'
import { useEntryFocus } from '@/components/attention/use-entry-focus'

let step: (by: -1 | 1) => boolean

function Queue({ entries }: { entries: readonly string[] }) {
  const box = useRef<HTMLElement>(null)
  const focus = useEntryFocus(box)
  step = focus.step
  return (
    <main id="room" tabIndex={-1} ref={box} onFocus={focus.onFocus}>
      {entries.map((it) => (
        <article key={it}>
          <a href={`#${it}`}>{it}</a>
          <button type="button">seen {it}</button>
        </article>
      ))}
    </main>
  )
}

const focused = () => document.activeElement?.textContent

test('an entry that goes leaves the focus to the one in its place', () => {
  const { rerender } = render(<Queue entries={['a', 'b', 'c']} />)
  screen.getByText('seen b').focus()
  rerender(<Queue entries={['a', 'c']} />)
  expect(focused()).toBe('c')
  rerender(<Queue entries={['a']} />)
  expect(focused()).toBe('a')
  rerender(<Queue entries={[]} />)
  expect(document.activeElement?.id).toBe('room')
})

test('who is elsewhere by then stays there', () => {
  const { rerender } = render(<Queue entries={['a', 'b', 'c']} />)
  screen.getByText('seen b').focus()
  screen.getByText('a').focus()
  rerender(<Queue entries={['a', 'c']} />)
  expect(focused()).toBe('a')
})

test('keys go from entry to entry', () => {
  render(<Queue entries={['a', 'b']} />)
  expect(step(1)).toBe(true)
  expect(focused()).toBe('a')
  step(1)
  step(1)
  expect(focused()).toBe('b')
  step(-1)
  expect(focused()).toBe('a')
})

test('an empty queue leaves the key to others', () => {
  render(<Queue entries={[]} />)
  expect(step(1)).toBe(false)
})
