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

/** Signals that the board has let go of, page by page, once somebody asks for them. */
export function useOlderSignals(): OlderSignals {
  const [asked, setAsked] = useState(false)
  const isPast = useIsPast()
  const query = useInfiniteQuery({
    queryKey: ['older-signals'],
    enabled: asked,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      apiGet(
        `/signals?limit=${PAGE}${pageParam === undefined ? '' : `&after=${encodeURIComponent(pageParam)}`}`,
        signalListSchema,
        signal,
      ),
    getNextPageParam: (last) => last.next,
  })
  const signals = useMemo(() => query.data?.pages.flatMap((it) => it.signals) ?? NONE, [query.data])
  const more = () => {
    if (!asked) setAsked(true)
    else if (query.data === undefined) void query.refetch()
    else void query.fetchNextPage()
  }
  // What is kept of them tells how they are now, not how they were.
  if (isPast) return NOTHING
  return {
    signals,
    more: !asked || query.hasNextPage || query.isError ? more : undefined,
    busy: query.isFetching,
    error: query.error,
  }
}
