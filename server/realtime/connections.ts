import type { Socket } from 'socket.io'
import type { SessionInfo } from '@/lib/auth/auth-service'

/** One WebSocket, as Socket.IO's engine has it, whether a page has said anything by it or not. */
export type Connection = Socket['conn']

/**
 * All that were let in, with the session that opened each. Who may stay is decided here and not by
 * Socket.IO's sockets: a connection can be held open without one, and make one later.
 */
export class Connections {
  private readonly open = new Map<Connection, SessionInfo>()

  constructor(private readonly mostOfUser: number) {}

  hasRoom(user: string): boolean {
    let count = 0
    for (const session of this.open.values()) if (session.user === user) count++
    return count < this.mostOfUser
  }

  /** False when the user has too many: many at once were each told that there was room. */
  add(connection: Connection, session: SessionInfo): boolean {
    if (!this.hasRoom(session.user)) return false
    this.open.set(connection, session)
    connection.on('close', () => this.open.delete(connection))
    return true
  }

  has(connection: Connection): boolean {
    return this.open.has(connection)
  }

  *sessions(): Iterable<string> {
    for (const { id } of this.open.values()) yield id
  }

  of(sessionId: string): Connection[] {
    return [...this.open].filter(([, { id }]) => id === sessionId).map(([it]) => it)
  }

  all(): Connection[] {
    return [...this.open.keys()]
  }
}
