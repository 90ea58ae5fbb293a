import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { createServerScripts } from '../auth/server-scripts'
import {
  type DeliveryAttempt,
  deliveryAttemptSchema,
  MAX_WEBHOOKS,
  type NewWebhook,
  type ShownWebhook,
  type Webhook,
  webhookSchema,
} from '../protocol/webhooks'
import { hintHubOf } from '../redis/hint-hub'
import { serverKeys } from '../redis/keys'
import { parseJsonText } from '../redis/records/parse-json-text'

/** With what it is signed by: never leaves the server, but in the answer that made it. */
export interface StoredWebhook extends Webhook {
  readonly secret: string
}

const storedSchema = webhookSchema.extend({ secret: z.string().min(32) })

export class TooManyWebhooksError extends Error {
  override readonly name = 'TooManyWebhooksError'
  constructor() {
    super(`There are ${MAX_WEBHOOKS} webhooks already: remove one first.`)
  }
}

/** Attempts that are kept of each webhook. */
export const ATTEMPTS_KEPT = 20

export interface WebhookStore {
  /** All, oldest first, with their secrets. */
  all(): Promise<StoredWebhook[]>
  find(id: string): Promise<StoredWebhook | undefined>
  /** As they may be shown. */
  shown(): Promise<ShownWebhook[]>
  /** @throws TooManyWebhooksError */
  add(webhook: NewWebhook, by: string): Promise<{ id: string; secret: string }>
  /** What was about to be delivered to it never is. False when there was none. */
  remove(id: string): Promise<boolean>
  noteAttempt(id: string, attempt: DeliveryAttempt): Promise<void>
  /**
   * Calls back when one was made or removed, on whatever server, and whenever that may have been missed.
   *
   * @returns the way to stop
   */
  onChanged(changed: () => void): () => void
}

export function createWebhookStore(redis: Redis): WebhookStore {
  const run = createServerScripts(redis)

  async function all() {
    const stored = await redis.hgetall(serverKeys.webhooks)
    return Object.entries(stored)
      .flatMap(([id, text]) => parse(id, text) ?? [])
      .sort((a, b) => a.createdAt - b.createdAt)
  }

  async function attemptsOf(id: string): Promise<DeliveryAttempt[]> {
    const texts = await redis.lrange(serverKeys.webhookLog(id), 0, ATTEMPTS_KEPT - 1)
    return texts.flatMap((text) => {
      const attempt = deliveryAttemptSchema.safeParse(parseJsonText(text))
      return attempt.success ? [attempt.data] : []
    })
  }

  return {
    all,
    async find(id) {
      const text = await redis.hget(serverKeys.webhooks, id)
      return text === null ? undefined : parse(id, text)
    },
    async shown() {
      return Promise.all(
        (await all()).map(async ({ secret: _, ...webhook }) => ({
          ...webhook,
          attempts: await attemptsOf(webhook.id),
        })),
      )
    },
    async add({ name, url, about }, by) {
      const id = randomBytes(9).toString('base64url')
      const secret = randomBytes(32).toString('base64url')
      const stored = { name, url, about: [...new Set(about)], createdBy: by, secret }
      const args = [id, JSON.stringify(stored), MAX_WEBHOOKS]
      const [code] = await run('addWebhook', [serverKeys.webhooks], args)
      if (code !== 'OK') throw new TooManyWebhooksError()
      return { id, secret }
    },
    async remove(id) {
      const removed = await redis.hdel(serverKeys.webhooks, id)
      await redis
        .multi()
        .del(serverKeys.webhookLog(id))
        .publish(serverKeys.webhooksChanged, id)
        .exec()
      return removed === 1
    },
    async noteAttempt(id, attempt) {
      const key = serverKeys.webhookLog(id)
      await redis
        .multi()
        .lpush(key, JSON.stringify(attempt))
        .ltrim(key, 0, ATTEMPTS_KEPT - 1)
        .exec()
    },
    onChanged: (changed) =>
      hintHubOf(redis).join(serverKeys.webhooksChanged, { onHint: changed, onLook: changed }),
  }
}

/** One that cannot be read is left out: it must not keep the others from being told. */
function parse(id: string, text: string): StoredWebhook | undefined {
  const stored = storedSchema.safeParse({ ...Object(parseJsonText(text)), id })
  return stored.success ? stored.data : undefined
}
