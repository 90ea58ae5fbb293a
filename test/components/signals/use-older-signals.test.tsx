// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { GET } from '@/app/api/v1/signals/route'
import { useOlderSignals } from '@/components/signals/use-older-signals'
import { signal, target } from '../../lib/view/board-builder'

afterEach(() => vi.unstubAllGlobals())

/** Signals by pages of the API, which knows no other parameters than its own. */
function served(pages: Readonly<Record<string, { ids: string[]; next?: string }>>) {
  let works = true
  const fetched = vi.fn(async (address: string) => {
    if (!works) return new Response('', { status: 503 })
    const { searchParams } = new URL(address, 'http://board')
    const asked = GET.rule.query?.parse(Object.fromEntries(searchParams)) as { after?: string }
    const { ids, next } = pages[asked.after ?? 'first'] ?? { ids: [] }
    const signals = ids.map((it, index) => signal(it, [target('a')], { timestamp: 100 - index }))
    return Response.json({ signals, ...(next ? { next } : {}) })
  })
  vi.stubGlobal('fetch', fetched)
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  )
  const { result } = renderHook(() => useOlderSignals(), { wrapper })
  return {
    result,
    ids: () => result.current.signals.map((it) => it.signalId),
    press: () => act(() => result.current.more?.()),
    fail: (fails: boolean) => {
      works = !fails
    },
  }
}

test('each press brings the page behind the last one, until there is none', async () => {
  const { result, ids, press } = served({
    first: { ids: ['s:1', 's:2'], next: 'behind-2' },
    'behind-2': { ids: ['s:3'] },
  })
  press()
  await waitFor(() => expect(ids()).toEqual(['s:1', 's:2']))
  press()
  await waitFor(() => expect(ids()).toEqual(['s:1', 's:2', 's:3']))
  expect(result.current.more).toBeUndefined()
})

test('what could not be read says so, and can be asked for again', async () => {
  const { result, ids, press, fail } = served({ first: { ids: ['s:1'] } })
  fail(true)
  press()
  await waitFor(() => expect(result.current.error).not.toBeNull())
  fail(false)
  press()
  await waitFor(() => expect(ids()).toEqual(['s:1']))
  expect(result.current.error).toBeNull()
})
