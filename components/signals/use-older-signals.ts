import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { signalListSchema } from '@/lib/protocol/http'
import type { SignalView } from '@/lib/protocol/signal'
import { apiGet } from '../live/api'
import { useIsPast } from '../live/use-past'

export interface OlderSignals {
  signals: readonly SignalView[]
  /** Undefined when there are none. */
  more: (() => void) | undefined
  busy: boolean
  /** Why the last page asked for is not here. */
  error: Error | null
}

const NONE: readonly SignalView[] = []
const NOTHING: OlderSignals = { signals: NONE, more: undefined, busy: false, error: null }
const PAGE = 200

/**
 * Signals that the board has let go of, page by page, once somebody asks for them.
 *
 * @param live what the board still holds: a press goes on until it brings something else
 */
export function useOlderSignals(live: ReadonlyMap<string, unknown>): OlderSignals {
  const [asked, setAsked] = useState(false)
  const isPast = useIsPast()
  const query = useInfiniteQuery({
    queryKey: ['older-signals'],
    enabled: asked,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const page = await readPage(pageParam, signal)
      while (page.next !== undefined && page.signals.every((it) => live.has(it.signalId))) {
        const { signals, next } = await readPage(page.next, signal)
        page.signals.push(...signals)
        page.next = next
      }
      return page
    },
    getNextPageParam: (last) => last.next,
  })
  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  const signals = useMemo(() => query.data?.pages.flatMap((it) => it.signals) ?? NONE, [query.data])
  const more = () => {
    if (!asked) setAsked(true)
    else if (query.data === undefined) void query.refetch()
    else void fetchNextPage()
  }
  // What is kept of them tells how they are now, not how they were.
  if (isPast) return NOTHING
  return {
    signals,
    more: !asked || hasNextPage || isError ? more : undefined,
    busy: isFetching,
    error: query.error,
  }
}

function readPage(after: string | undefined, signal: AbortSignal) {
  const from = after === undefined ? '' : `&after=${encodeURIComponent(after)}`
  return apiGet(`/signals?limit=${PAGE}${from}`, signalListSchema, signal)
}
