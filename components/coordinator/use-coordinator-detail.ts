import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import type { BoxEvent } from '@/lib/protocol/events'
import { type CoordinatorDetail, coordinatorDetailSchema } from '@/lib/protocol/http'
import { eventConcerns } from '@/lib/view/event-concerns'
import { apiGet } from '../live/api'
import { readAgain } from '../live/read-again'
import { useEvents } from '../live/use-live'

/** However much happens to one coordinator, its drawer reads again at most this often. */
const PAUSE_MS = 700

// Not one of the keys that every coordinator's events make old: only its own do.
const detailKey = (id: string) => ['coordinator-detail', id] as const

/** What the board does not carry of a coordinator: work, ACKs, history. Read again when it has changed. */
export function useCoordinatorDetail(id: string): UseQueryResult<CoordinatorDetail> {
  const queries = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const onEvents = useCallback(
    (events: readonly BoxEvent[]) => {
      if (!events.some((it) => eventConcerns(it, id))) return
      timer.current ??= setTimeout(() => {
        timer.current = undefined
        void readAgain(queries, { queryKey: detailKey(id) })
      }, PAUSE_MS)
    },
    [id, queries],
  )
  useEvents(onEvents)
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  return useQuery({
    queryKey: detailKey(id),
    queryFn: ({ signal }) =>
      apiGet(`/coordinators/${encodeURIComponent(id)}`, coordinatorDetailSchema, signal),
  })
}
