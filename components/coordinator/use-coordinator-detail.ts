import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { type CoordinatorDetail, coordinatorDetailSchema } from '@/lib/protocol/http'
import { eventConcerns } from '@/lib/view/event-concerns'
import { apiGet } from '../live/api'
import { useReadAgain } from '../live/use-read-again'

const NAME = 'coordinator-detail'

/** What the board does not carry of a coordinator: work, ACKs, history. Read again when it has changed. */
export function useCoordinatorDetail(id: string): UseQueryResult<CoordinatorDetail> {
  useReadAgain(NAME, id, eventConcerns)
  return useQuery({
    queryKey: [NAME, id],
    queryFn: ({ signal }) =>
      apiGet(`/coordinators/${encodeURIComponent(id)}`, coordinatorDetailSchema, signal),
  })
}
