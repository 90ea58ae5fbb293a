import type { Redis } from 'ioredis'
import { z } from 'zod'
import { serverKeys } from '../redis/keys'
import { subscribeHint } from '../redis/subscribe-hint'
import type { Revocation } from './auth-service'

const revocationSchema = z.object({ sessions: z.array(z.string()) })

/**
 * Hears of sessions that were ended on any server. A hint only: what is lost while the connection
 * is down is found by looking at the sessions again.
 */
export function createRevocations(redis: Redis) {
  const listeners = new Set<(revocation: Revocation) => void>()
  let stop: (() => void) | undefined

  function heard(text: string) {
    const revocation = parse(text)
    if (revocation) for (const listener of listeners) listener(revocation)
  }

  return {
    listen(listener: (revocation: Revocation) => void) {
      listeners.add(listener)
      stop ??= subscribeHint(redis, serverKeys.revoked, { heard })
      return () => {
        listeners.delete(listener)
      }
    },
    close() {
      listeners.clear()
      stop?.()
      stop = undefined
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
