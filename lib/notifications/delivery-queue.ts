import { createHash, randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { createServerScripts } from '../auth/server-scripts'
import { type DeliveryAttempt, type NoticeEntry, webhookBodySchema } from '../protocol/webhooks'
import { serverKeys } from '../redis/keys'
import { parseJsonText } from '../redis/records/parse-json-text'
import { ATTEMPTS_KEPT } from './webhook-store'

/** A trouble that somebody may have to be told of. */
export interface Notice {
  /** The same on every server, for as long as it is the same trouble; of a trouble of many, one for each of them. */
  readonly keys: readonly string[]
  /** It is the same one when it comes back within this time, ms. */
  readonly rememberedMs: number
  /** When it began, or last got worse, ms. */
  readonly latest: number
  readonly entry: NoticeEntry
}

/** One delivery, to be attempted now. */
export interface TakenDelivery {
  readonly id: string
  readonly webhookId: string
  readonly attempt: number
  readonly at: number
  readonly subject: string
  readonly entries: readonly NoticeEntry[]
  readonly more: number
  readonly namespace: string
  readonly url: string
}

const MOST_WAITING = 1000
const MOST_TOLD_AT_ONCE = 20
const KEPT_MS = 86_400_000
/** Longer than an attempt ever takes, ms. */
const LEASE_MS = 30_000

/** How the script answers of any record: whose it is, however damaged the rest. */
const leasedSchema = z.tuple([
  z.literal('OK'),
  z.string(),
  z.string(),
  z.coerce.number().int().positive(),
])
const takenSchema = z.tuple([
  ...leasedSchema.def.items,
  z.coerce.number().int(),
  z.string(),
  z.string().transform(parseJsonText).pipe(webhookBodySchema.shape.entries),
  z.coerce.number().int(),
  z.string(),
  z.string(),
])

/** What waits to be delivered, in Redis: any server takes what is due, and none of it is one server's. */
export function createDeliveryQueue(redis: Redis) {
  const run = createServerScripts(redis)
  const noticeKey = (prefix: string, key: string) =>
    serverKeys.notice(prefix, createHash('sha256').update(key).digest('base64url'))

  /** @param againInMs undefined: done with, one way or the other */
  async function settle(
    { id, webhookId, attempt }: Pick<TakenDelivery, 'id' | 'webhookId' | 'attempt'>,
    result: Omit<DeliveryAttempt, 'at' | 'nextAt'>,
    againInMs?: number,
  ): Promise<void> {
    const { deliveries, delivery, webhooks, webhookLog } = serverKeys
    await run(
      'settleDelivery',
      [deliveries, delivery(id), webhooks, webhookLog(webhookId)],
      [id, attempt, webhookId, JSON.stringify(result), againInMs ?? '', ATTEMPTS_KEPT],
    )
  }

  return {
    /**
     * Takes on those that nobody has yet, and makes one delivery for each webhook that wants any of them.
     *
     * @returns how many deliveries were made
     */
    async claim(
      from: { prefix: string; namespace: string; url: string },
      notices: readonly Notice[],
      webhooks: readonly { id: string; wants: (notice: Notice) => boolean }[],
    ): Promise<number> {
      const plan = webhooks.map(({ id, wants }) => ({
        id,
        delivery: randomBytes(12).toString('base64url'),
        wants: notices.flatMap((notice, index) => (wants(notice) ? [index + 1] : [])),
      }))
      const keys = [
        serverKeys.deliveries,
        ...notices.flatMap((it) => it.keys.map((key) => noticeKey(from.prefix, key))),
      ]
      const [, , made] = await run('claimNotices', keys, [
        JSON.stringify(plan),
        MOST_WAITING,
        MOST_TOLD_AT_ONCE,
        KEPT_MS,
        from.namespace,
        from.url,
        ...notices.flatMap((it) => [it.keys.length, it.rememberedMs, JSON.stringify(it.entry)]),
      ])
      return Number(made)
    },
    /** They last: whoever comes later must still find them taken on. */
    async remember(prefix: string, notices: readonly Notice[]): Promise<void> {
      if (notices.length === 0) return
      const pipeline = redis.pipeline()
      for (const { keys, rememberedMs } of notices) {
        for (const key of keys) pipeline.pexpire(noticeKey(prefix, key), rememberedMs)
      }
      await pipeline.exec()
    },
    /** What is due first and can be read; what cannot is noted under its webhook, and gone. */
    async take(leaseMs = LEASE_MS): Promise<TakenDelivery | undefined> {
      for (;;) {
        const answer = await run('takeDelivery', [serverKeys.deliveries], [leaseMs])
        if (answer[0] !== 'OK') return undefined
        const taken = takenSchema.safeParse(answer)
        if (taken.success) {
          const [, id, webhookId, attempt, at, subject, entries, more, namespace, url] = taken.data
          return { id, webhookId, attempt, at, subject, entries, more, namespace, url }
        }
        const [, id, webhookId, attempt] = leasedSchema.parse(answer.slice(0, 4))
        await settle(
          { id, webhookId, attempt },
          {
            deliveryId: id,
            attempt,
            subject: 'unknown',
            outcome: 'failed',
            error: 'its record in Redis is damaged',
            tookMs: 0,
          },
        )
      }
    },
    settle,
  }
}
export type DeliveryQueue = ReturnType<typeof createDeliveryQueue>
