import { useQuery } from '@tanstack/react-query'
import { doneSchema } from '@/lib/protocol/settings'
import {
  createdWebhookSchema,
  type NewWebhook,
  testedWebhookSchema,
  webhookListSchema,
} from '@/lib/protocol/webhooks'
import { apiDelete, apiGet, apiPost } from '../live/api'
import { queryKeys } from '../live/query-keys'
import { useChange } from './use-change'

const AGAIN_MS = 5000
const stale = [queryKeys.webhooks()]

/** Who is told of trouble, and how that went. For admins. */
export function useWebhooks() {
  return useQuery({
    queryKey: queryKeys.webhooks(),
    queryFn: ({ signal }) => apiGet('/webhooks', webhookListSchema, signal),
    select: ({ webhooks }) => webhooks,
    // No event tells of a delivery; an unseen tab does not ask.
    staleTime: 0,
    refetchInterval: AGAIN_MS,
  })
}

/** Answers the secret, the only time that it is shown. */
export const useAddWebhook = () =>
  useChange((webhook: NewWebhook) => apiPost('/webhooks', webhook, createdWebhookSchema), { stale })

export const useRemoveWebhook = () =>
  useChange((id: string) => apiDelete(`/webhooks/${id}`, {}, doneSchema), { stale })

export const useTestWebhook = () =>
  useChange((id: string) => apiPost(`/webhooks/${id}/test`, {}, testedWebhookSchema), {
    stale,
    failed: 'The test was not sent',
  })
