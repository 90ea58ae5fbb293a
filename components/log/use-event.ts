import { useQuery } from '@tanstack/react-query'
import type { BoxEvent } from '@/lib/protocol/events'
import { eventPageSchema } from '@/lib/protocol/http'
import type { Sequence } from '@/lib/protocol/sequence'
import { apiGet } from '../live/api'
import { behind, pointOfEvent } from '../live/past-point'

/** One event, read by its sequence where it is not known; null when the log does not hold it. */
export function useEvent(seq: Sequence, known: BoxEvent | undefined) {
  return useQuery({
    queryKey: ['event', seq],
    queryFn: async ({ signal }): Promise<BoxEvent | null> => {
      const query = new URLSearchParams({ before: behind(pointOfEvent(seq)), limit: '1' })
      const { events } = await apiGet(`/events?${query}`, eventPageSchema, signal)
      return events.find((it) => it.seq === seq) ?? null
    },
    initialData: known,
    // What has happened does not change.
    staleTime: Number.POSITIVE_INFINITY,
  })
}
