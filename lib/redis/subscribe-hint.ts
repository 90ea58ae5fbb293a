import type { Redis } from 'ioredis'

export interface HintListener {
  readonly heard: (text: string) => void
  /** From now on it hears, at first or again: what was told before has to be looked up. */
  readonly listening?: () => void
}

/**
 * Hears of what is told on a channel, on a connection of its own. A hint only: what is told while that is
 * down is lost.
 *
 * @returns the way to stop
 */
export function subscribeHint(redis: Redis, channel: string, listener: HintListener): () => void {
  const subscriber = redis.duplicate({
    lazyConnect: false,
    maxRetriesPerRequest: null,
    // The subscription waits for the connection, and comes back with it.
    enableOfflineQueue: true,
    autoResubscribe: false,
    commandTimeout: undefined,
  })
  // Whoever owns the first connection tells of a lost Redis; this one only comes back.
  subscriber.on('error', () => {})
  subscriber.on('message', (_channel: string, text: string) => listener.heard(text))
  subscriber.on('ready', () => {
    subscriber.subscribe(channel).then(
      () => listener.listening?.(),
      () => {},
    )
  })
  return () => subscriber.disconnect()
}
