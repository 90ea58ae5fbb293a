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
import { fitsLog, type LogFilter, logQuery } from './log-filter'

const PAGE = 200
/** Live events kept while the room is open; older ones are read again when somebody scrolls there. */
const LIVE_MOST = 2_000

/** While the past is played, the log behind it is read this often, ms; what is newer came with the board. */
const READ_MS = 3_000

export interface Log {
  /** The newest first. */
  events: readonly BoxEvent[]
  /** How many came since it was held. */
  waiting: number
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
  const upTo = useSettled(before, READ_MS) ?? ''
  const query = useInfiniteQuery({
    queryKey: queryKeys.events({ ...key, before: upTo }),
    queryFn: ({ pageParam, signal }): Promise<EventPage> => {
      const parameters = logQuery(key)
      parameters.set('limit', String(PAGE))
      if (pageParam !== '') parameters.set('before', pageParam)
      return apiGet(`/events?${parameters}`, eventPageSchema, signal)
    },
    initialPageParam: upTo,
    getNextPageParam: (page: EventPage) => page.previous,
    // Live events follow from there on; reading it again would only move what is on the screen.
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (known) => (before === undefined ? undefined : known),
    gcTime: 0,
  })
  const latest = useLiveEvents()
  const recent = useRecentEvents()
  const newer = before === undefined ? latest : recent
  const pages = query.data?.pages
  // Of the moment that is on the screen, which is not always the one that is asked for.
  const [first] = query.data?.pageParams ?? []
  const readTo = typeof first === 'string' ? first : ''
  const older = useMemo(() => {
    const all = (pages ?? []).flatMap((page) => [...page.events].reverse())
    if (before === undefined) return all
    // What lies between is not known yet: nothing may look as if it had not happened.
    const oldest = newer[0]?.seq
    if (oldest !== undefined && readTo !== '' && compareSequences(oldest, readTo) > 0) return NONE
    // While an earlier moment is on its way, none of its future is told.
    return all.filter((it) => compareSequences(it.seq, before) < 0)
  }, [pages, before, newer, readTo])
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
  const setHeld = useCallback((held: boolean) => {
    setHeldAt((before) => (held ? (before ?? top.current) : undefined))
  }, [])
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  return {
    events,
    waiting: fresh.length - shownFresh.length,
    held: heldAt !== undefined,
    setHeld,
    isLoading: query.isPending,
    error: query.error,
    retry: () => void query.refetch(),
    hasOlder: hasNextPage,
    loadOlder: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
    },
  }
}

const NONE: readonly BoxEvent[] = []

/** Every event since the room was opened, oldest first. */
function useLiveEvents(): readonly BoxEvent[] {
  const [source] = useState(createLiveEvents)
  return useSyncExternalStore(source.subscribe, source.read, () => NONE)
}

function createLiveEvents() {
  let events: readonly BoxEvent[] = []
  return {
    read: () => events,
    subscribe(changed: () => void) {
      const { store } = pageLiveClient()
      // What came between the answer of the first page and now must not be missing.
      events = store.getRecent()
      return store.onEvents((more) => {
        events = [...events, ...more].slice(-LIVE_MOST)
        changed()
      })
    },
  }
}
