import { useQuery } from '@tanstack/react-query'
import {
  createdMachineTokenSchema,
  doneSchema,
  type MachineScope,
  machineTokenListSchema,
} from '@/lib/protocol/settings'
import { apiDelete, apiGet, apiPost } from '../live/api'
import { queryKeys } from '../live/query-keys'
import { useChange } from './use-change'

const stale = [queryKeys.tokens()]

/** What machines come in by; for admins. The tokens themselves are nowhere to be read. */
export function useTokens() {
  return useQuery({
    queryKey: queryKeys.tokens(),
    queryFn: ({ signal }) => apiGet('/tokens', machineTokenListSchema, signal),
    select: ({ tokens }) => [...tokens].sort((a, b) => b.createdAt - a.createdAt),
    staleTime: 0,
  })
}

/** Answers the token, the only time that it is shown. */
export const useCreateToken = () =>
  useChange(
    (token: { name: string; scope: MachineScope }) =>
      apiPost('/tokens', token, createdMachineTokenSchema),
    { stale },
  )

export const useRevokeToken = () =>
  useChange((id: string) => apiDelete(`/tokens/${id}`, {}, doneSchema), { stale })
