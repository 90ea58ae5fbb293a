// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { pageLiveClient } from '@/components/live/page-live-client'
import { useSignalDetail } from '@/components/signals/use-signal-detail'
import type { BoxEvent } from '@/lib/protocol/events'
import { signal, target } from '../../lib/view/board-builder'
import { patch, seq, snapshot, T0 } from '../live/frames'

afterEach(() => vi.unstubAllGlobals())

const TARGETS = 60
const acked = (at: number): BoxEvent => ({
  seq: seq(at),
  v: 1,
  type: 'signal.acked',
  at: T0 + at,
  actor: `c-${at}`,
  entity: 'signal:s:1',
  data: {
    signalId: 's:1',
    coordinatorId: `c-${at}`,
    target: `c-${at}`,
    epoch: 1,
    keyId: 'k',
    latencyMs: 1,
  },
})

test('a signal that many answer is read again a few times, not for each of them', async () => {
  let answered = 0
  const fetched = vi.fn(async () =>
    Response.json({
      signal: signal(
        's:1',
        Array.from({ length: TARGETS }, (_, at) =>
          target(`c-${at + 1}`, at < answered ? 'acked' : 'pending'),
        ),
      ),
      acks: [],
    }),
  )
  vi.stubGlobal('fetch', fetched)
  const { store } = pageLiveClient()
  store.onSnapshot(snapshot(0, []))
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  )
  const { result } = renderHook(() => useSignalDetail('s:1'), { wrapper })
  await waitFor(() => expect(result.current.data).toBeDefined())
  for (answered = 1; answered <= TARGETS; answered++) {
    act(() => void store.onPatch(patch(answered - 1, answered, [acked(answered)])))
    // Frames come one by one.
    await act(() => new Promise(setImmediate))
  }
  const pending = () => result.current.data?.signal.targets.filter((it) => it.state === 'pending')
  await waitFor(() => expect(pending()).toEqual([]), { timeout: 10_000 })
  expect(fetched.mock.calls.length).toBeLessThan(5)
})
