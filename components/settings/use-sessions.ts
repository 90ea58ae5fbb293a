import { useQuery } from '@tanstack/react-query'
import { doneSchema, sessionListSchema } from '@/lib/protocol/settings'
import { apiDelete, apiGet } from '../live/api'
import { queryKeys } from '../live/query-keys'
import { useChange } from './use-change'

const AGAIN_MS = 20_000

/** Who is signed in: oneself, or for admins everybody; the latest first. */
export function useSessions() {
  return useQuery({
    queryKey: queryKeys.sessions(),
    queryFn: ({ signal }) => apiGet('/sessions', sessionListSchema, signal),
    select: ({ sessions }) => sessions,
    // No event tells of a sign-out; an unseen tab does not ask.
    staleTime: 0,
    refetchInterval: AGAIN_MS,
  })
}

export const useRevokeSession = () =>
  useChange((id: string) => apiDelete(`/sessions/${id}`, {}, doneSchema), {
    stale: [queryKeys.sessions()],
  })
