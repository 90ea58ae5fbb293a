import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { BoxEvent } from '@/lib/protocol/events'
import { signalDetailSchema } from '@/lib/protocol/http'
import { apiGet } from '../live/api'
import { readAgain } from '../live/read-again'
import { useEvents } from '../live/use-live'

/** A signal with its payload and its ACKs, each checked by the server; read again with each event about it. */
export function useSignalDetail(signalId: string) {
  const queries = useQueryClient()
  const onEvents = useCallback(
    (events: readonly BoxEvent[]) => {
      if (events.some((it) => it.entity === `signal:${signalId}`))
        void readAgain(queries, { queryKey: ['signal-detail', signalId] })
    },
    [signalId, queries],
  )
  useEvents(onEvents)
  return useQuery({
    queryKey: ['signal-detail', signalId],
    queryFn: ({ signal }) =>
      apiGet(`/signals/${encodeURIComponent(signalId)}`, signalDetailSchema, signal),
  })
}
