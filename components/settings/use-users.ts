import { useQuery } from '@tanstack/react-query'
import type { Role } from '@/lib/protocol/roles'
import {
  doneSchema,
  signInLinkSchema,
  temporaryPasswordSchema,
  userListSchema,
} from '@/lib/protocol/settings'
import { apiDelete, apiGet, apiPost } from '../live/api'
import { queryKeys } from '../live/query-keys'
import { useChange } from './use-change'

const path = (name: string) => `/users/${encodeURIComponent(name)}`
const stale = [queryKeys.users()]
// The role and the end of a user show in their sessions, too.
const staleWithSessions = [queryKeys.users(), queryKeys.sessions()]

/** Everybody who may sign in, by name. For admins. */
export function useUsers() {
  return useQuery({
    queryKey: queryKeys.users(),
    queryFn: ({ signal }) => apiGet('/users', userListSchema, signal),
    select: ({ users }) => [...users].sort((a, b) => (a.name < b.name ? -1 : 1)),
    // Nobody may have heard what another admin did while this was not shown.
    staleTime: 0,
  })
}

/** Answers the link by which the new user comes in. */
export const useAddUser = () =>
  useChange((user: { name: string; role: Role }) => apiPost('/users', user, signInLinkSchema), {
    stale,
  })

export const useSetRole = () =>
  useChange(
    ({ name, role }: { name: string; role: Role }) =>
      apiPost(`${path(name)}/role`, { role }, doneSchema),
    { stale: staleWithSessions },
  )

export const useMakeLink = () =>
  useChange((name: string) => apiPost(`${path(name)}/sign-in-link`, {}, signInLinkSchema), {
    stale,
  })

/** Answers the new password, the only time that it is shown. */
export const useResetPassword = () =>
  useChange((name: string) => apiPost(`${path(name)}/password`, {}, temporaryPasswordSchema), {
    stale: staleWithSessions,
  })

export const useRemoveUser = () =>
  useChange((name: string) => apiDelete(path(name), {}, doneSchema), { stale: staleWithSessions })
