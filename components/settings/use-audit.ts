import { useInfiniteQuery } from '@tanstack/react-query'
import { auditPageSchema } from '@/lib/protocol/http'
import { apiGet } from '../live/api'
import { queryKeys } from '../live/query-keys'

const PAGE = 50

/** Who did what, the newest first, page after page. Operators' actions bring it up to date. */
export function useAudit() {
  return useInfiniteQuery({
    queryKey: queryKeys.audit(),
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: String(PAGE) })
      if (pageParam !== '') query.set('before', pageParam)
      return apiGet(`/audit?${query}`, auditPageSchema, signal)
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    select: ({ pages }) => pages.flatMap((page) => page.entries),
    staleTime: 0,
  })
}
