import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { createDeliveryQueue, type Notice } from '@/lib/notifications/delivery-queue'
import type { AddressRules } from '@/lib/notifications/reachable-address'
import { createWebhookStore, type StoredWebhook } from '@/lib/notifications/webhook-store'
import type { Moment } from '@/lib/view/moment'
import { attemptDelivery, RETRY_DELAYS_MS } from './attempt-delivery'
import { isAbout, noticesOf } from './notices-of'

export interface NotifierParts {
  readonly redis: Redis
  /** The namespace's, which keeps two of them on one Redis apart. */
  readonly prefix: string
  readonly namespace: string
  /** Where people look. */
  readonly url: () => string
  /** The board as it is now; undefined where nobody could tell. */
  readonly moment: () => Moment | undefined
  readonly rules: AddressRules
  readonly now: () => number
  readonly log: Logger
  readonly lookMs?: number
  readonly delaysMs?: readonly number[]
}

const LOOK_MS = 1000
const REMEMBER_MS = 30_000
/** More at once is too much for anybody to read. */
const MOST_NOTICES = 500
const PARALLEL = 4

/**
 * Tells webhooks of what needs attention. Every server looks, since each has the board; which of them tells
 * is settled in Redis, and so is what still has to be delivered: another one goes on where one ends.
 *
 * @returns the way to stop, which waits for attempts that are under way
 */
export function startNotifier(parts: NotifierParts): { close(): Promise<void> } {
  const { redis, prefix, namespace, rules, now, log } = parts
  const webhooks = createWebhookStore(redis)
  const queue = createDeliveryQueue(redis)
  const attempt = { queue, webhooks, rules, now, delaysMs: parts.delaysMs ?? RETRY_DELAYS_MS }
  let known: StoredWebhook[] = []
  let isKnown = false
  let rememberedAt = performance.now()
  let present = new Set<string>()
  let closed = false

  async function read(): Promise<void> {
    // Before it is read: what changes meanwhile is told again.
    isKnown = true
    try {
      known = await webhooks.all()
    } catch (error) {
      isKnown = false
      throw error
    }
  }

  async function look(): Promise<void> {
    if (!isKnown) await read()
    const moment = known.length === 0 ? undefined : parts.moment()
    if (moment === undefined) {
      present = new Set()
      return
    }
    const notices = noticesOf(moment).slice(0, MOST_NOTICES)
    const fresh = notices.filter((it) => it.keys.some((key) => !present.has(key)))
    if (fresh.length > 0) await tell(fresh)
    // Only now: what could not be taken on is new again at the next look.
    present = new Set(notices.flatMap((it) => it.keys))
    if (performance.now() - rememberedAt < REMEMBER_MS) return
    rememberedAt = performance.now()
    await queue.remember(prefix, notices)
  }

  async function tell(fresh: readonly Notice[]): Promise<void> {
    const from = { prefix, namespace, url: parts.url() }
    const made = await queue.claim(
      from,
      fresh,
      known.map(({ id, about, createdAt }) => ({
        id,
        // Trouble that was there before somebody asked is on the board already.
        wants: (notice) => notice.latest >= createdAt && isAbout(notice, about),
      })),
    )
    if (made > 0) log.info({ deliveries: made }, 'webhooks are to be told')
  }

  /** One takes, and another begins as soon as there was something to take: a slow receiver holds up no other. */
  function deliver(): void {
    if (closed || delivering === PARALLEL) return
    delivering++
    let more = false
    keep('a delivery', async () => {
      try {
        const taken = await queue.take()
        if (!taken) return
        more = true
        deliver()
        await attemptDelivery(taken, attempt)
      } finally {
        delivering--
        if (more) deliver()
      }
    })
  }

  const running = new Set<Promise<void>>()
  let delivering = 0
  let looking = false
  /** What fails is tried again at a later tick. */
  function keep(what: string, work: () => Promise<void>): void {
    const it = work()
      .catch((error: unknown) => log.debug({ err: error }, `${what} failed`))
      .finally(() => running.delete(it))
    running.add(it)
  }

  function tick(): void {
    if (redis.status !== 'ready' || looking) return
    looking = true
    keep('looking for notices', async () => {
      try {
        await look()
      } finally {
        looking = false
      }
      if (known.length > 0) deliver()
    })
  }

  const stopListening = webhooks.onChanged(() => {
    isKnown = false
  })
  const timer = setInterval(tick, parts.lookMs ?? LOOK_MS)
  timer.unref()
  return {
    async close() {
      closed = true
      clearInterval(timer)
      stopListening()
      await Promise.all(running)
    },
  }
}
