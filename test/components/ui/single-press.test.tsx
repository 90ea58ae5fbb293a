// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { singlePress } from '@/components/ui/single-press'

test('the second press of a double one is not heard; the keyboard and single presses are', () => {
  const close = vi.fn()
  render(
    <button type="button" onClick={singlePress(close)}>
      Done
    </button>,
  )
  const done = screen.getByRole('button')
  fireEvent.click(done, { detail: 2 })
  expect(close).not.toHaveBeenCalled()
  fireEvent.click(done, { detail: 1 })
  fireEvent.click(done, { detail: 0 })
  expect(close).toHaveBeenCalledTimes(2)
})
