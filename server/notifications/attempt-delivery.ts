import type { DeliveryQueue, TakenDelivery } from '@/lib/notifications/delivery-queue'
import { postWebhook } from '@/lib/notifications/post-webhook'
import type { AddressRules } from '@/lib/notifications/reachable-address'
import type { WebhookStore } from '@/lib/notifications/webhook-store'
import type { WebhookBody } from '@/lib/protocol/webhooks'

/** Before the second attempt, the third …, ms. After the last of them nobody tries again. */
export const RETRY_DELAYS_MS = [5000, 30_000, 120_000, 600_000, 1_800_000] as const

export interface AttemptParts {
  readonly queue: DeliveryQueue
  readonly webhooks: WebhookStore
  readonly rules: AddressRules
  /** Redis' time, ms. */
  readonly now: () => number
  readonly delaysMs: readonly number[]
}

/** Posts one delivery once, and notes what came of it. @throws what Redis throws */
export async function attemptDelivery(it: TakenDelivery, parts: AttemptParts): Promise<void> {
  const { queue, webhooks, rules, now, delaysMs } = parts
  const webhook = await webhooks.find(it.webhookId)
  const { attempt, subject } = it
  const noted = { deliveryId: it.id, attempt, subject }
  if (!webhook) {
    return queue.settle(it, { ...noted, outcome: 'failed', tookMs: 0 }, undefined)
  }
  const body: WebhookBody = {
    delivery: it.id,
    kind: 'attention',
    namespace: it.namespace,
    at: it.at,
    url: `${it.url}/attention`,
    entries: [...it.entries],
    more: it.more,
  }
  const post = { url: webhook.url, secret: webhook.secret, deliveryId: it.id, attempt }
  const seconds = Math.floor(now() / 1000)
  const result = await postWebhook({ ...post, body: JSON.stringify(body), now: seconds }, rules)
  const { ok, ...how } = result
  const againInMs = ok ? undefined : delaysMs[attempt - 1]
  const outcome = ok ? 'delivered' : againInMs === undefined ? 'failed' : 'retried'
  await queue.settle(it, { ...noted, ...how, outcome }, againInMs)
}
