import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type HistoryRange, historyRangeSchema } from '@/lib/protocol/history'
import { apiGet } from '../live/api'
import { serverNow } from '../live/server-clock'
import type { TimeWindow } from './time-window'

const BUCKETS = 240
const REFRESH_MS = 10_000
/** While a long log is still being counted. */
const COUNTING_MS = 1_500

/** What happened when, in a window of time; it moves on with the clock unless it is held. */
export function useHistoryRange({ spanMs, end }: TimeWindow, held: boolean) {
  return useQuery({
    queryKey: ['history', spanMs, end],
    queryFn: ({ signal }): Promise<HistoryRange> => {
      const query = new URLSearchParams({ buckets: String(BUCKETS) })
      if (spanMs !== undefined)
        query.set('from', String(Math.max(0, Math.round((end ?? serverNow()) - spanMs))))
      if (end !== undefined) query.set('to', String(Math.round(end)))
      return apiGet(`/history?${query}`, historyRangeSchema, signal)
    },
    placeholderData: keepPreviousData,
    // Nothing moves under the pointer.
    refetchInterval: (query) =>
      held
        ? false
        : (query.state.data?.countedFrom ?? 0) > (query.state.data?.from ?? 0)
          ? COUNTING_MS
          : REFRESH_MS,
  })
}
