// @vitest-environment jsdom
import { act, fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { EscalateForm } from '@/components/coordinator/escalate-form'
import { pageLiveClient } from '@/components/live/page-live-client'
import { coordinator, NOW } from '../../lib/view/board-builder'
import { AsOperator, showBoard } from '../signed-in'

const dead = coordinator('impl', { liveness: 'dead', livenessSince: NOW })

vi.mock('@/components/coordinator/use-coordinator-detail', () => ({
  useCoordinatorDetail: () => ({
    data: {
      coordinator: dead,
      blastRadius: { signals: [], workItems: [], waiters: [], alive: false },
    },
  }),
}))

test('a window that stands open does nothing while the board is stale', async () => {
  await showBoard({ coordinators: [dead] })
  const send = vi.fn(() => new Promise<Response>(() => {}))
  vi.stubGlobal('fetch', send)
  render(<EscalateForm coordinatorId="impl" onDone={vi.fn()} onCancel={vi.fn()} />, {
    wrapper: AsOperator,
  })
  const reason = screen.getByLabelText('Reason')
  fireEvent.change(reason, { target: { value: 'its host is gone' } })
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Escalate' })
  expect(button.disabled).toBe(false)

  await link((store) => store.onLost(NOW, undefined))
  expect(button.disabled).toBe(true)
  expect(button.title).toBe('Not while the board is stale')
  fireEvent.keyDown(reason, { key: 'Enter', ctrlKey: true })
  expect(send).not.toHaveBeenCalled()

  await link((store) => store.onLive())
  expect(button.disabled).toBe(false)
  fireEvent.keyDown(reason, { key: 'Enter', ctrlKey: true })
  await vi.waitFor(() => expect(send).toHaveBeenCalledOnce())
})

async function link(change: (store: ReturnType<typeof pageLiveClient>['store']) => void) {
  await act(async () => {
    change(pageLiveClient().store)
    await new Promise(requestAnimationFrame)
  })
}
