import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { BoxEvent } from '@/lib/protocol/events'
import { type EventPage, eventPageSchema } from '@/lib/protocol/http'
import { compareSequences, type Sequence } from '@/lib/protocol/sequence'
import { apiGet } from '../live/api'
import { pageLiveClient } from '../live/page-live-client'
import { queryKeys } from '../live/query-keys'
import { useRecentEvents } from '../live/use-live'
import { useSettled } from '../ui/use-settled'
import { LiveEvents, NO_TAIL } from './live-events'
import { fitsLog, type LogFilter, logQuery } from './log-filter'

const PAGE = 200
/** While the past is played, the log behind it is read this often, ms; what is newer came with the board. */
const READ_MS = 3_000

export interface Log {
  /** The newest first. */
  events: readonly BoxEvent[]
  /** How many came since it was held. */
  waiting: number
  /** More than that have come. */
  overflows: boolean
  held: boolean
  setHeld: (held: boolean) => void
  isLoading: boolean
  error: unknown
  retry: () => void
  /** There are older ones. */
  hasOlder: boolean
  loadOlder: () => void
}

/** The log from now backwards, and what comes while one looks at it; with `before`, as it was then. */
export function useLog(filter: LogFilter, before: Sequence | undefined): Log {
  const { type, coordinator, actor, text } = filter
  const key = useMemo(() => ({ type, coordinator, actor, text }), [type, coordinator, actor, text])
  const [source] = useState(() => new LiveEvents(() => pageLiveClient().store))
  const tail = useSyncExternalStore(source.subscribe, source.read, () => NO_TAIL)
  const settled = useSettled(before, READ_MS)
  const upTo = before === undefined ? tail.from : (settled ?? before)
  const query = useInfiniteQuery({
    queryKey: queryKeys.events({ ...key, before: upTo }),
    queryFn: ({ pageParam, signal }): Promise<EventPage> => {
      const parameters = logQuery(key)
      parameters.set('limit', String(PAGE))
      parameters.set('before', pageParam)
      return apiGet(`/events?${parameters}`, eventPageSchema, signal)
    },
    initialPageParam: upTo ?? '',
    enabled: upTo !== undefined,
    getNextPageParam: (page: EventPage) => page.previous,
    // Live events follow from there on; reading it again would only move what is on the screen.
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (known) => known,
    gcTime: 0,
  })
  const recent = useRecentEvents()
  const newer = before === undefined ? tail.events : recent
  const pages = query.data?.pages
  // Of the moment that is on the screen, which is not always the one that is asked for.
  const [first] = query.data?.pageParams ?? []
  const readTo = typeof first === 'string' ? first : ''
  // Read for another filter, or up to another event: nothing of it joins what is here.
  const isOther = query.isPlaceholderData
  const older = useMemo(() => {
    const all = (pages ?? []).flatMap((page) => [...page.events].reverse())
    if (before === undefined) return isOther ? NONE : all
    // What lies between is not known yet: nothing may look as if it had not happened.
    const oldest = newer[0]?.seq
    if (oldest !== undefined && readTo !== '' && compareSequences(oldest, readTo) > 0) return NONE
    // While an earlier moment is on its way, none of its future is told.
    return all.filter((it) => compareSequences(it.seq, before) < 0)
  }, [pages, before, newer, readTo, isOther])
  const newest = older[0]?.seq
  const fresh = useMemo(
    () =>
      newer
        .filter((it) => newest === undefined || compareSequences(it.seq, newest) > 0)
        .filter((it) => fitsLog(it, key))
        .reverse(),
    [newer, newest, key],
  )
  const [heldAt, setHeldAt] = useState<string | undefined>()
  const shownFresh = useMemo(
    () =>
      heldAt === undefined ? fresh : fresh.filter((it) => compareSequences(it.seq, heldAt) <= 0),
    [fresh, heldAt],
  )
  const events = useMemo(() => [...shownFresh, ...older], [shownFresh, older])
  const top = useRef<string>('0-0')
  top.current = events[0]?.seq ?? '0-0'
  const setHeld = useCallback(
    (held: boolean) => {
      source.hold(held)
      setHeldAt((before) => (held ? (before ?? top.current) : undefined))
    },
    [source],
  )
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  return {
    events,
    waiting: fresh.length - shownFresh.length,
    overflows: tail.overflows,
    held: heldAt !== undefined,
    setHeld,
    isLoading: query.isPending || (isOther && events.length === 0),
    error: query.error,
    retry: () => void query.refetch(),
    hasOlder: hasNextPage,
    loadOlder: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
    },
  }
}

const NONE: readonly BoxEvent[] = []
