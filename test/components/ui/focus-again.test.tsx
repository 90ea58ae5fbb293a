// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { focusAgain } from '@/components/ui/focus-again'

function Page({ gone = false }: { gone?: boolean }) {
  return (
    <>
      <main id="room" tabIndex={-1} aria-label="Room">
        <button type="button" id="more">
          More
        </button>
        {!gone && <button type="button">Escalate</button>}
      </main>
      {!gone && (
        <div role="menu" aria-labelledby="more">
          <button type="button" role="menuitem">
            Clean up
          </button>
        </div>
      )}
    </>
  )
}

test('the focus goes back to what had it', () => {
  render(<Page />)
  focusAgain(screen.getByText('Escalate'))
  expect(document.activeElement).toBe(screen.getByText('Escalate'))
})

test('what had it is gone: the room has it, not the page’s body', () => {
  const { rerender } = render(<Page />)
  const before = screen.getByText('Escalate')
  before.focus()
  rerender(<Page gone />)
  focusAgain(before)
  expect(document.activeElement).toBe(screen.getByLabelText('Room'))
})

test('out of a menu it goes to the button that opened it', () => {
  render(<Page />)
  focusAgain(screen.getByText('Clean up'))
  expect(document.activeElement).toBe(screen.getByText('More'))
})

test('who had the focus nowhere has it nowhere', () => {
  render(<Page />)
  focusAgain(document.body)
  expect(document.activeElement).toBe(document.body)
})
