import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { postWebhook } from '@/lib/notifications/post-webhook'
import { createWebhookStore } from '@/lib/notifications/webhook-store'
import { type DeliveryAttempt, type WebhookBody, webhookIdSchema } from '@/lib/protocol/webhooks'
import { route } from '../../../../_http/define-route'
import { noteChange } from '../../../../_http/person'
import { HttpProblem } from '../../../../_http/problem'

const params = z.object({ id: webhookIdSchema })

/** Sends a word of no meaning, once, and tells how that went. */
export const POST = route({ role: 'admin', limit: 'action', params }, async (call) => {
  const { redis, board, config, url } = call.runtime
  const store = createWebhookStore(redis)
  const webhook = await store.find(call.params.id)
  if (!webhook) throw new HttpProblem(404, 'There is no such webhook.')
  const deliveryId = randomBytes(12).toString('base64url')
  const at = board.serverNow()
  const body: WebhookBody = {
    delivery: deliveryId,
    kind: 'test',
    namespace: config.namespace ?? '',
    at,
    url: `${url}/attention`,
    entries: [],
    more: 0,
  }
  const result = await postWebhook(
    {
      url: webhook.url,
      secret: webhook.secret,
      deliveryId,
      attempt: 1,
      body: JSON.stringify(body),
      now: Math.floor(at / 1000),
    },
    { allowed: config.privateWebhooks },
  )
  const { ok, ...how } = result
  const outcome = ok ? 'delivered' : 'failed'
  const attempt: DeliveryAttempt = {
    at,
    deliveryId,
    attempt: 1,
    outcome,
    subject: 'A test',
    ...how,
  }
  await store.noteAttempt(webhook.id, attempt)
  const detail = result.ok ? `answered ${result.status}` : result.error
  await noteChange(call, { action: 'test-webhook', targets: [webhook.name], detail })
  return { attempt }
})
