import type { Redis } from 'ioredis'
import { z } from 'zod'
import { serverKeys } from '../redis/keys'
import type { Revocation } from './auth-service'

const revocationSchema = z.object({ sessions: z.array(z.string()) })

/**
 * Hears of sessions that were ended on any server. A hint only: what is lost while the connection
 * is down is found by looking at the sessions again.
 */
export function createRevocations(redis: Redis) {
  const listeners = new Set<(revocation: Revocation) => void>()
  let subscriber: Redis | undefined

  function subscribe() {
    subscriber = redis.duplicate({
      lazyConnect: false,
      maxRetriesPerRequest: null,
      // The subscription waits for the connection, and comes back with it.
      enableOfflineQueue: true,
      autoResubscribe: true,
      commandTimeout: undefined,
    })
    // Whoever owns the first connection tells of a lost Redis; this one only comes back.
    subscriber.on('error', () => {})
    subscriber.on('message', (_channel: string, text: string) => {
      const revocation = parse(text)
      if (revocation) for (const listener of listeners) listener(revocation)
    })
    subscriber.subscribe(serverKeys.revoked).catch(() => {})
  }

  return {
    listen(listener: (revocation: Revocation) => void) {
      listeners.add(listener)
      if (subscriber === undefined) subscribe()
      return () => {
        listeners.delete(listener)
      }
    },
    close() {
      listeners.clear()
      subscriber?.disconnect()
      subscriber = undefined
    },
  }
}

function parse(text: string): Revocation | undefined {
  try {
    return revocationSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
