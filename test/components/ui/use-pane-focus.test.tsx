// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { useRef } from 'react'
import { expect, test } from 'vitest'
import { usePaneFocus } from '@/components/ui/use-pane-focus'

function Pane({ covers }: { covers: boolean }) {
  const pane = useRef<HTMLElement>(null)
  usePaneFocus(pane, covers)
  return (
    <aside ref={pane} tabIndex={-1} aria-label="Pane">
      <button type="button">Close</button>
    </aside>
  )
}

function Room({ open, covers = false }: { open: boolean; covers?: boolean }) {
  return (
    <div>
      <section aria-label="Room">
        <button type="button">tile</button>
        <button type="button">other</button>
      </section>
      {open && <Pane covers={covers} />}
    </div>
  )
}

const focused = () => document.activeElement?.textContent

test('a pane that goes gives the focus back to where it was before', () => {
  const { rerender } = render(<Room open={false} />)
  screen.getByText('tile').focus()
  rerender(<Room open />)
  expect(focused()).toBe('tile')
  screen.getByText('Close').focus()
  rerender(<Room open={false} />)
  expect(focused()).toBe('tile')
})

test('who is elsewhere by then stays there', () => {
  const { rerender } = render(<Room open={false} />)
  screen.getByText('tile').focus()
  rerender(<Room open />)
  screen.getByText('other').focus()
  rerender(<Room open={false} />)
  expect(focused()).toBe('other')
})

test('a pane over the whole room takes the focus, and nobody reaches what it covers', () => {
  const { rerender } = render(<Room open={false} />)
  screen.getByText('tile').focus()
  rerender(<Room open covers />)
  expect(document.activeElement).toBe(screen.getByLabelText('Pane'))
  expect(screen.getByLabelText('Room').hasAttribute('inert')).toBe(true)
  rerender(<Room open={false} />)
  expect(screen.getByLabelText('Room').hasAttribute('inert')).toBe(false)
  expect(focused()).toBe('tile')
})
