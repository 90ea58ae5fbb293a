import { z } from 'zod'
import { createWebhookStore } from '@/lib/notifications/webhook-store'
import { webhookIdSchema } from '@/lib/protocol/webhooks'
import { route } from '../../../_http/define-route'
import { noteChange } from '../../../_http/person'
import { HttpProblem } from '../../../_http/problem'

const params = z.object({ id: webhookIdSchema })

/** Removes a webhook; what was waiting for it is never sent. */
export const DELETE = route({ role: 'admin', limit: 'action', params }, async (call) => {
  const store = createWebhookStore(call.runtime.redis)
  const webhook = await store.find(call.params.id)
  if (!webhook || !(await store.remove(webhook.id))) {
    throw new HttpProblem(404, 'There is no such webhook.')
  }
  await noteChange(call, { action: 'remove-webhook', targets: [webhook.name] })
  return { done: true }
})
