import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act } from '@testing-library/react'
import type { ReactNode } from 'react'
import { pageLiveClient } from '@/components/live/page-live-client'
import { SessionProvider } from '@/components/live/session-context'
import { viewToWire } from '@/lib/view/view'
import { moment, NOW, type Parts } from '../lib/view/board-builder'

/** Shows the page this board, live. */
export async function showBoard(parts: Parts): Promise<void> {
  const { view } = moment(parts)
  await act(async () => {
    const { store } = pageLiveClient()
    store.onSnapshot({ seq: view.seq, serverTime: NOW, view: viewToWire(view) })
    store.onLive()
    await new Promise(requestAnimationFrame)
  })
}

/** An operator's page around a part of it. */
export function AsOperator({ children }: { children: ReactNode }) {
  const session = { user: 'ada', role: 'operator', expiresAt: NOW, idleUntil: NOW } as const
  return (
    <QueryClientProvider client={new QueryClient()}>
      <SessionProvider session={{ ...session, hasPassword: true }}>{children}</SessionProvider>
    </QueryClientProvider>
  )
}
