import type { Redis } from 'ioredis'
import { z } from 'zod'
import { hintHubOf } from '../redis/hint-hub'
import { serverKeys } from '../redis/keys'
import type { Revocation } from './auth-service'

const revocationSchema = z.object({ sessions: z.array(z.string()) })

/**
 * Hears of sessions that were ended on any server. A hint only: what is lost while Redis is out of
 * reach is found by looking at the sessions again.
 */
export function createRevocations(redis: Redis) {
  const listeners = new Set<(revocation: Revocation) => void>()
  let stop: (() => void) | undefined

  const hub = hintHubOf(redis)
  const hints = {
    onHint(text: string) {
      const revocation = parse(text)
      if (revocation) for (const listener of listeners) listener(revocation)
    },
    // Whoever holds sessions looks at them again and again, whatever it hears.
    onLook() {},
  }

  return {
    listen(listener: (revocation: Revocation) => void) {
      listeners.add(listener)
      stop ??= hub.join(serverKeys.revoked, hints)
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
