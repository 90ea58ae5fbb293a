// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pageLiveClient } from '@/components/live/page-live-client'
import type { LogFilter } from '@/components/log/log-filter'
import { useLog } from '@/components/log/use-log'
import { compareSequences } from '@/lib/protocol/sequence'
import { patch, phaseChanged, seq, snapshot } from '../live/frames'

const EVERYTHING: LogFilter = { type: '', coordinator: '', actor: '', text: '' }
const BEFORE = 300

/** How many events the log of the server has. */
let written: number
beforeEach(() => {
  written = BEFORE
  vi.stubGlobal('fetch', async (address: string) => {
    const asked = new URL(address, 'http://board').searchParams
    const before = asked.get('before') ?? seq(written + 1)
    const all = Array.from({ length: written }, (_, index) => index + 1)
    const page = all
      .filter((it) => compareSequences(seq(it), before) < 0)
      .slice(-Number(asked.get('limit')))
    const [first] = page
    return Response.json({
      events: page.map((it) => phaseChanged(it, 'lead', `phase-${it}`)),
      ...(first === undefined || first === 1 ? {} : { previous: seq(first) }),
    })
  })
  pageLiveClient().store.onSnapshot(snapshot(BEFORE, []))
})
afterEach(() => vi.unstubAllGlobals())

/** The server writes so many more, and tells each batch as it comes. */
function happens(count: number) {
  act(() => {
    for (let told = 0; told < count; told += 100) {
      const from = written
      written += 100
      const events = Array.from({ length: 100 }, (_, index) =>
        phaseChanged(from + index + 1, 'lead', `phase-${from + index + 1}`),
      )
      pageLiveClient().store.onPatch(patch(from, written, events))
    }
  })
}

async function openLog() {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  )
  const { result } = renderHook(() => useLog(EVERYTHING, undefined), { wrapper })
  const shown = () => result.current.events.map((it) => Number(it.seq.split('-')[1]))
  await waitFor(() => expect(result.current.hasOlder).toBe(true))
  return {
    result,
    shown,
    /** Scrolls down to the first event there ever was. */
    async readAll() {
      while (result.current.hasOlder) {
        const { length } = result.current.events
        act(() => result.current.loadOlder())
        await waitFor(() => expect(result.current.events.length).toBeGreaterThan(length))
      }
      return shown()
    },
  }
}
const downFrom = (last: number) => Array.from({ length: last }, (_, index) => last - index)

test('what is read and what comes live are one, without a gap', async () => {
  const { shown, readAll } = await openLog()
  happens(100)
  expect(shown()[0]).toBe(400)
  expect(await readAll()).toEqual(downFrom(400))
})

test('so they are when more has come than the page keeps', async () => {
  const { result, shown, readAll } = await openLog()
  happens(5_000)
  await waitFor(() => expect(result.current.hasOlder).toBe(true))
  expect(shown()[0]).toBe(5_300)
  expect(await readAll()).toEqual(downFrom(5_300))
})

test('so they are when the page missed some, and got the board whole instead', async () => {
  const { result, shown, readAll } = await openLog()
  written += 700
  act(() => pageLiveClient().store.onSnapshot(snapshot(written, [])))
  await waitFor(() => expect(shown()[0]).toBe(1_000))
  happens(100)
  await waitFor(() => expect(result.current.hasOlder).toBe(true))
  expect(await readAll()).toEqual(downFrom(1_100))
})

test('what is held stays as it is, however much comes', async () => {
  const { result, shown, readAll } = await openLog()
  happens(1_000)
  const before = await readAll()
  act(() => result.current.setHeld(true))
  happens(5_000)
  expect(shown()).toEqual(before)
  expect(result.current.waiting).toBeGreaterThan(900)
  expect(result.current.overflows).toBe(true)
  act(() => pageLiveClient().store.onSnapshot(snapshot(written, [])))
  expect(shown()).toEqual(before)
  act(() => result.current.setHeld(false))
  await waitFor(() => expect(shown()[0]).toBe(6_300))
  expect(await readAll()).toEqual(downFrom(6_300))
  expect(result.current.overflows).toBe(false)
})
