// @vitest-environment jsdom
import { act, fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { pageLiveClient } from '@/components/live/page-live-client'
import { CancelDialog } from '@/components/signals/cancel-dialog'
import { NOW, signal, target } from '../../lib/view/board-builder'
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

test('a window that stands open cannot be confirmed while the board is stale', async () => {
  await showBoard({})
  render(
    <CancelDialog signal={signal('s:1', [target('a', 'pending')])} open onOpenChange={vi.fn()} />,
    {
      wrapper: AsOperator,
    },
  )
  fireEvent.change(screen.getByLabelText('Reason'), { target: { value: 'sent by mistake' } })
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Cancel the signal' })
  expect(button.disabled).toBe(false)
  await act(async () => {
    pageLiveClient().store.onLost(NOW, undefined)
    await new Promise(requestAnimationFrame)
  })
  expect(button.disabled).toBe(true)
})
