// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { CancelDialog } from '@/components/signals/cancel-dialog'
import { signal, target } from '../../lib/view/board-builder'
import { AsOperator, showBoard } from '../signed-in'

vi.mock('next/navigation', () => ({
  useSearchParams: () => new URLSearchParams(),
  usePathname: () => '/signals',
}))

test('a window stays when nothing is pending any more, and says what became of the signal', async () => {
  await showBoard({})
  const show = (state: 'pending' | 'acked') => (
    <CancelDialog signal={signal('s:1', [target('a', state)])} open onOpenChange={vi.fn()} />
  )
  const { rerender } = render(show('pending'), { wrapper: AsOperator })
  expect(screen.getByRole('button', { name: 'Cancel the signal' })).toBeTruthy()
  rerender(show('acked'))
  expect(screen.getByRole('status').textContent).toContain('it is acked. There is nothing left')
  expect(screen.queryByRole('button', { name: 'Cancel the signal' })).toBeNull()
})
