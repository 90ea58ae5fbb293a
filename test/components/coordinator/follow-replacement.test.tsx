// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { FollowReplacement } from '@/components/coordinator/follow-replacement'
import { pageLiveClient } from '@/components/live/page-live-client'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { SpawnView } from '@/lib/protocol/view'
import { viewToWire } from '@/lib/view/view'
import { coordinator, moment, NOW } from '../../lib/view/board-builder'

const old = coordinator('old', { liveness: 'escalated', livenessSince: NOW, replacedBy: 'new' })
const fresh = coordinator('new', { liveness: 'starting', replaces: 'old' })

async function board(replacement: CoordinatorView, spawn?: Partial<SpawnView>) {
  const { view } = moment({
    coordinators: [old, replacement],
    spawns: spawn
      ? [
          {
            coordinatorId: 'new',
            replaces: 'old',
            swarmId: 'billing',
            state: 'requested',
            deadline: NOW,
            at: NOW,
            seq: `${NOW}-0`,
            ...spawn,
          },
        ]
      : [],
  })
  await act(async () => {
    pageLiveClient().store.onSnapshot({ seq: view.seq, serverTime: NOW, view: viewToWire(view) })
    await new Promise(requestAnimationFrame)
  })
}

function show(claimed = true) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <FollowReplacement
        result={{ coordinatorId: 'old', newCoordinatorId: 'new', swarmId: 'billing', claimed }}
        onClose={vi.fn()}
        onAgain={vi.fn()}
      />
    </QueryClientProvider>,
  )
}
const steps = () => screen.getAllByRole('listitem').map((it) => it.textContent)

test('follows a replacement from the request to its first beat', async () => {
  await board(fresh, { state: 'requested' })
  show()
  expect(steps()[1]).toBe('Taken by a spawner: under way')
  await board(fresh, { state: 'running', spawnerId: 'spawner-1' })
  expect(steps()[2]).toBe('Its process runs: done')
  expect(steps()[3]).toBe('Its own first beat: under way')
  await board({ ...fresh, liveness: 'active', livenessSince: NOW + 3_200 })
  expect(steps()[3]).toBe('Its own first beat: done')
  expect(screen.getByText(/It came after/).textContent).toContain('3.2\u00a0s')
  expect(screen.getByRole('button', { name: 'Done' })).toBeTruthy()
})

test('offers to escalate again only what never came, and says why', async () => {
  await board(fresh, { state: 'requested' })
  show()
  expect(screen.queryByRole('button', { name: 'Escalate again' })).toBeNull()
  await board({ ...fresh, liveness: 'failed' }, { state: 'failed', reason: 'no memory left' })
  expect(screen.getByRole('button', { name: 'Escalate again' })).toBeTruthy()
  expect(screen.getByText(/no memory left/)).toBeTruthy()
})

test('says so where somebody else was faster', async () => {
  await board(fresh)
  show(false)
  expect(screen.getByText(/Somebody else had escalated it already/)).toBeTruthy()
})
