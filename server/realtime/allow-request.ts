import type { IncomingMessage } from 'node:http'
import type { Logger } from 'pino'
import type { AuthService, SessionInfo } from '@/lib/auth/auth-service'
import { readSessionCookie } from '@/lib/auth/session-cookie'

export interface HandshakeParts {
  auth: Pick<AuthService, 'session'>
  origins: ReadonlySet<string>
  secure: boolean
  log: Logger
  /** Whether this user may open one more socket. */
  hasRoom: (user: string) => boolean
}

/** The sessions of requests that were let in. */
export type Sessions = WeakMap<IncomingMessage, SessionInfo>

/**
 * Who may open a socket: a page of exactly this site, whose cookie holds a session. Browsers send
 * cookies with a WebSocket of any page, and apply no same-origin rule to it: the Origin is checked
 * here or nowhere.
 */
export function createAllowRequest(parts: HandshakeParts, sessions: Sessions) {
  return (
    request: IncomingMessage,
    answer: (error: string | null | undefined, allowed: boolean) => void,
  ): void => {
    const { origin, cookie } = request.headers
    const refuse = (why: string) => {
      parts.log.info({ why, origin, address: request.socket.remoteAddress }, 'a socket was refused')
      answer(why, false)
    }
    if (origin === undefined || !parts.origins.has(origin)) {
      refuse('origin')
      return
    }
    const token = readSessionCookie(cookie, parts.secure)
    if (token === undefined) {
      refuse('no session')
      return
    }
    parts.auth.session(token).then(
      (session) => {
        if (!session) refuse('no session')
        else if (!parts.hasRoom(session.user)) refuse('too many sockets')
        else {
          sessions.set(request, session)
          answer(null, true)
        }
      },
      // Redis is gone: nobody is let in because nobody could be asked.
      () => refuse('session could not be checked'),
    )
  }
}
