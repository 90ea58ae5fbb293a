import { EventEmitter } from 'node:events'
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import type { AuthService } from '@/lib/auth/auth-service'
import { ServerEvent, SOCKET_PATH } from '@/lib/protocol/frames'
import type { Projection } from '../projection/projection'
import { createAllowRequest, type Sessions } from './allow-request'
import { Broadcaster } from './broadcaster'
import { type Connection, Connections } from './connections'
import { hearPage } from './hear-page'
import { MessageAllowance } from './message-allowance'
import { guardSessions } from './session-guard'
import { backlogOf, cutOff, isTooSlow } from './socket-backlog'

const MOST_MESSAGE_BYTES = 64 * 1024
const MOST_SOCKETS_OF_USER = 20
const BACKLOG_LOOK_MS = 1000

export interface RealtimeParts {
  projection: Projection
  auth: Pick<AuthService, 'session' | 'touch' | 'onRevoked'>
  origins: ReadonlySet<string>
  secure: boolean
  log: Logger
}

export interface Realtime {
  /** Takes an upgrade of Socket.IO's path. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  clients(): number
  /** Sent to all sockets so far. */
  frames(): number
  close(): Promise<void>
}

/** The sockets of the pages: WebSocket only, so that any server behind any balancer will do. */
export function createRealtime(parts: RealtimeParts): Realtime {
  const { projection, auth, log } = parts
  // As with Next: it gets its upgrades from us, and never sees those of others.
  const listener = new EventEmitter()
  const sessions: Sessions = new WeakMap()
  const connections = new Connections(MOST_SOCKETS_OF_USER)
  const io = new Server({
    path: SOCKET_PATH,
    transports: ['websocket'],
    serveClient: false,
    destroyUpgrade: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MOST_MESSAGE_BYTES,
    // A dead link is noticed within 13 s, on both sides.
    pingInterval: 5000,
    pingTimeout: 8000,
    connectTimeout: 10_000,
    allowRequest: createAllowRequest(
      { ...parts, hasRoom: (user) => connections.hasRoom(user) },
      sessions,
    ),
  })
  io.attach(listener as unknown as HttpServer)
  let frames = 0
  io.engine.on('connection', (connection: Connection) => {
    const session = sessions.get(connection.request)
    if (!session || !connections.add(connection, session)) {
      cutOff(connection)
      return
    }
    connection.on('packetCreate', () => {
      frames++
    })
    hearPackets(connection, log)
  })

  const broadcaster = new Broadcaster(io, projection, () => io.engine.clientsCount)
  const taken = new WeakSet<Connection>()

  io.on('connection', (socket) => {
    const { conn } = socket
    // A page has one for each connection; another one would begin with all its allowances anew.
    if (!connections.has(conn) || taken.has(conn)) {
      cutOff(conn)
      return
    }
    taken.add(conn)
    socket.on('disconnect', () => {
      broadcaster.forget(socket)
      // Without it there is nothing more to say.
      conn.close()
    })
    hearPage(socket, broadcaster, log)
  })

  const stopGuarding = guardSessions({
    auth,
    log,
    open: () => connections.sessions(),
    cut(sessionId) {
      const over = new Set(connections.of(sessionId))
      for (const socket of io.sockets.sockets.values()) {
        if (over.has(socket.conn)) socket.emit(ServerEvent.expired)
      }
      for (const connection of over) connection.close()
    },
  })

  const backlogTimer = setInterval(() => {
    for (const connection of connections.all()) {
      const backlog = backlogOf(connection)
      if (!isTooSlow(backlog)) continue
      log.warn(backlog, 'a page that does not read was cut off')
      cutOff(connection)
    }
  }, BACKLOG_LOOK_MS)

  return {
    upgrade(request, socket, head) {
      const path = request.url?.split('?', 1)[0]
      if (path !== SOCKET_PATH && path !== `${SOCKET_PATH}/`) return false
      return listener.emit('upgrade', request, socket, head)
    },
    clients: () => io.engine.clientsCount,
    frames: () => frames,
    async close() {
      clearInterval(backlogTimer)
      stopGuarding()
      broadcaster.close()
      io.disconnectSockets(true)
      io.engine.close()
      io.removeAllListeners()
    },
  }
}

/** What is said below the protocol's events counts as well, and all of it is text. */
function hearPackets(connection: Connection, log: Logger): void {
  const allowance = new MessageAllowance()
  let over = false
  connection.on('packet', ({ data }: { data?: unknown }) => {
    const isText = data === undefined || typeof data === 'string'
    if (over || (isText && allowance.take())) return
    over = true
    log.warn(
      isText
        ? 'a socket that says too much was cut off'
        : 'a socket that speaks in bytes was cut off',
    )
    cutOff(connection)
  })
}
