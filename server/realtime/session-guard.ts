import type { Logger } from 'pino'
import type { AuthService } from '@/lib/auth/auth-service'

/** How often sessions are looked at: a lost hint must not keep anybody in for longer, ms. */
const LOOK_MS = 4000

export interface SessionGuardParts {
  auth: Pick<AuthService, 'touch' | 'onRevoked'>
  log: Logger
  /** Ids of the sessions of all open sockets. */
  open: () => Iterable<string>
  /** Ends all sockets of a session. */
  cut: (sessionId: string) => void
}

/**
 * Ends the sockets of sessions that are over: revoked ones at once, expired ones within seconds.
 * A connected board counts as activity, so looking also keeps the others alive. Answers how to stop.
 */
export function guardSessions({ auth, log, open, cut }: SessionGuardParts): () => void {
  const stopListening = auth.onRevoked(({ sessions }) => {
    for (const id of sessions) cut(id)
  })
  let looking = false
  const look = async () => {
    const ids = [...new Set(open())]
    if (looking || ids.length === 0) return
    looking = true
    try {
      for (const id of await auth.touch(ids)) cut(id)
    } catch (error) {
      // Redis is gone. The board says so, and changes nothing; who was in stays in.
      log.debug({ err: error }, 'sessions could not be looked at')
    } finally {
      looking = false
    }
  }
  const timer = setInterval(() => void look(), LOOK_MS)
  return () => {
    stopListening()
    clearInterval(timer)
  }
}
