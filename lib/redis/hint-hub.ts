import type { Redis } from 'ioredis'
import type { RedisLike } from './redis-like'
import { openSubscriberConnection, redisIdentity } from './subscriber-connection'

export interface HintListener {
  /** A message came on the channel. */
  onHint(message: string): void
  /** From now on hints arrive, and some may have been missed before: read the state. */
  onLook(): void
}

const FIRST_RETRY_MS = 50
const LAST_RETRY_MS = 2000
/** A link that answers no ping for this long is dead, though nobody closed it. */
const PING_MS = 5000

/**
 * The one subscriber connection that a process has to a Redis, however many wait in it. It opens
 * with the first who joins and closes with the last who leaves, and then holds no handle.
 * Hints only save time: where no connection comes about, whoever waits reads the state now and then.
 */
export class HintHub {
  #redis: RedisLike | undefined
  readonly #channels = new Map<string, Set<HintListener>>()
  /** Asked for, and of those the ones that Redis has confirmed. */
  readonly #subscribed = new Set<string>()
  readonly #confirmed = new Set<string>()
  #connection: Redis | undefined
  #retry: NodeJS.Timeout | undefined
  #retryMs = FIRST_RETRY_MS
  #ping: NodeJS.Timeout | undefined
  #flushing = false

  /** Where to connect, as this client does: the latest to come knows the password of now. */
  reachBy(redis: RedisLike): void {
    if (!this.#connection) this.#redis = redis
  }

  /** Hears a channel until the returned function is called. `onLook` follows as soon as it does. */
  join(channel: string, listener: HintListener): () => void {
    const listeners = this.#channels.get(channel)
    if (listeners) listeners.add(listener)
    else this.#channels.set(channel, new Set([listener]))
    if (this.#confirmed.has(channel)) queueMicrotask(() => this.#tellToLook([channel], listener))
    else this.#flushSoon()
    this.#open()
    return () => this.#leave(channel, listener)
  }

  /** True while hints of this channel arrive. */
  hears(channel: string): boolean {
    return this.#confirmed.has(channel)
  }

  /** Tells listeners in this process at once what they will hear anyway, so that they never lag behind it. */
  tellLocally(channel: string, message: string): void {
    for (const listener of this.#channels.get(channel) ?? []) listener.onHint(message)
  }

  #leave(channel: string, listener: HintListener): void {
    const listeners = this.#channels.get(channel)
    if (!listeners?.delete(listener) || listeners.size > 0) return
    this.#channels.delete(channel)
    if (this.#channels.size === 0) this.#close()
    else if (this.#subscribed.delete(channel)) {
      this.#confirmed.delete(channel)
      const connection = this.#connection
      connection?.unsubscribe(channel).catch(() => this.#giveUp(connection))
    }
  }

  #open(): void {
    if (this.#connection || this.#retry || this.#channels.size === 0) return
    const connection = this.#redis && openSubscriberConnection(this.#redis)
    if (!connection) {
      this.#retryLater()
      return
    }
    this.#connection = connection
    connection.on('message', (channel: string, message: string) => {
      if (this.#connection === connection) this.tellLocally(channel, message)
    })
    connection.once('connect', () => this.#keepAlive(connection))
    connection.once('ready', () => {
      if (this.#connection !== connection) return
      this.#retryMs = FIRST_RETRY_MS
      this.#subscribeMissing()
    })
    connection.once('end', () => this.#giveUp(connection))
    connection.connect().catch(() => this.#giveUp(connection))
  }

  /** Those who join in one turn of the event loop are one SUBSCRIBE. */
  #flushSoon(): void {
    if (this.#flushing) return
    this.#flushing = true
    queueMicrotask(() => {
      this.#flushing = false
      this.#subscribeMissing()
    })
  }

  #subscribeMissing(): void {
    const connection = this.#connection
    if (connection?.status !== 'ready') return
    const missing = [...this.#channels.keys()].filter((it) => !this.#subscribed.has(it))
    if (missing.length === 0) return
    // Noted before the answer: who joins meanwhile must not subscribe again.
    for (const channel of missing) this.#subscribed.add(channel)
    connection.subscribe(...missing).then(
      () => {
        if (this.#connection !== connection) return
        for (const it of missing) if (this.#subscribed.has(it)) this.#confirmed.add(it)
        this.#tellToLook(missing)
      },
      () => this.#giveUp(connection),
    )
  }

  #tellToLook(channels: string[], only?: HintListener): void {
    for (const channel of channels) {
      for (const listener of [...(this.#channels.get(channel) ?? [])]) {
        if (only === undefined || only === listener) listener.onLook()
      }
    }
  }

  /** Where it is not ready by then, the first ping fails at once. */
  #keepAlive(connection: Redis): void {
    if (this.#connection !== connection) return
    let answered = true
    this.#ping = setInterval(() => {
      if (!answered) {
        this.#giveUp(connection)
        return
      }
      answered = false
      connection.ping().then(
        () => {
          answered = true
        },
        () => this.#giveUp(connection),
      )
    }, PING_MS)
    this.#ping.unref()
  }

  #retryLater(): void {
    if (this.#channels.size === 0) return
    this.#retry = setTimeout(() => {
      this.#retry = undefined
      this.#open()
    }, this.#retryMs)
    // Whoever waits has a timer of their own; this one must not outlive them.
    this.#retry.unref()
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS)
  }

  /** Goes over to another connection: once, however many calls on this one fail. */
  #giveUp(connection: Redis): void {
    if (this.#connection !== connection) return
    this.#dropConnection()
    this.#retryLater()
  }

  #dropConnection(): void {
    clearInterval(this.#ping)
    // Every `disconnect` leaves a timer and a listener, until the socket closes: a closed one keeps them.
    if (this.#connection?.status !== 'end') this.#connection?.disconnect()
    this.#connection = undefined
    this.#subscribed.clear()
    this.#confirmed.clear()
  }

  #close(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
    this.#retryMs = FIRST_RETRY_MS
    this.#dropConnection()
  }
}

// A process may hold several copies of this module (bundled, imported, required), and still has one
// connection per Redis.
const HUBS = Symbol.for('signalbox.hint-hubs')
const shared = globalThis as { [HUBS]?: Map<string, HintHub> }

/** The hub of this process for the Redis that `redis` is connected to. */
export function hintHubOf(redis: RedisLike): HintHub {
  shared[HUBS] ??= new Map()
  const place = redisIdentity(redis)
  const hub = shared[HUBS].get(place) ?? new HintHub()
  shared[HUBS].set(place, hub)
  hub.reachBy(redis)
  return hub
}
