import { EventEmitter } from 'node:events'
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { Server, type Socket } from 'socket.io'
import type { AuthService } from '@/lib/auth/auth-service'
import {
  ClientEvent,
  helloSchema,
  PROTOCOL_VERSION,
  ServerEvent,
  SOCKET_PATH,
  watchSchema,
} from '@/lib/protocol/frames'
import type { Projection } from '../projection/projection'
import { createAllowRequest, type Sessions } from './allow-request'
import { Broadcaster } from './broadcaster'
import { MessageAllowance } from './message-allowance'
import { guardSessions } from './session-guard'
import { backlogOf, cutOff, isTooSlow } from './socket-backlog'

const MOST_MESSAGE_BYTES = 64 * 1024
const MOST_SOCKETS_OF_USER = 20
const MOST_WATCHED = 5
/** Within ten seconds; a page asks once, and again after a gap. */
const MOST_BOARDS = 4
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
  const socketsOfUser = new Map<string, Set<Socket>>()
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
      { ...parts, hasRoom: (user) => (socketsOfUser.get(user)?.size ?? 0) < MOST_SOCKETS_OF_USER },
      sessions,
    ),
  })
  io.attach(listener as unknown as HttpServer)
  let frames = 0
  io.engine.on('connection', (raw: { on(event: string, listener: () => void): void }) => {
    raw.on('packetCreate', () => {
      frames++
    })
  })

  const broadcaster = new Broadcaster(io, projection, () => io.engine.clientsCount)
  const sessionOf = new WeakMap<Socket, string>()

  io.on('connection', (socket) => {
    const session = sessions.get(socket.request)
    const own = session && (socketsOfUser.get(session.user) ?? new Set<Socket>())
    if (!session || !own || own.size >= MOST_SOCKETS_OF_USER) {
      socket.disconnect(true)
      return
    }
    socketsOfUser.set(session.user, own.add(socket))
    sessionOf.set(socket, session.id)
    socket.on('disconnect', () => {
      own.delete(socket)
      if (own.size === 0) socketsOfUser.delete(session.user)
      broadcaster.forget(socket)
    })
    listen(socket, broadcaster, log)
  })

  const stopGuarding = guardSessions({
    auth,
    log,
    *open() {
      for (const socket of io.sockets.sockets.values()) {
        const id = sessionOf.get(socket)
        if (id !== undefined) yield id
      }
    },
    cut(sessionId) {
      for (const socket of [...io.sockets.sockets.values()]) {
        if (sessionOf.get(socket) !== sessionId) continue
        socket.emit(ServerEvent.expired)
        socket.disconnect(true)
      }
    },
  })

  const backlogTimer = setInterval(() => {
    for (const socket of [...io.sockets.sockets.values()]) {
      const backlog = backlogOf(socket)
      if (!isTooSlow(backlog)) continue
      log.warn(backlog, 'a page that does not read was cut off')
      cutOff(socket)
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

/** Hears one page. Whatever it says is parsed; what is none of the protocol changes nothing. */
function listen(socket: Socket, broadcaster: Broadcaster, log: Logger): void {
  const allowance = new MessageAllowance()
  const boards = new MessageAllowance(MOST_BOARDS)
  const watched = new Set<string>()
  socket.use((_packet, next) => {
    if (allowance.take()) return next()
    log.warn('a socket that says too much was cut off')
    socket.disconnect(true)
  })
  // Errors of the middleware above would else be unhandled.
  socket.on('error', (error) => log.debug({ err: error }, 'socket'))

  socket.on(ClientEvent.hello, (message: unknown) => {
    const hello = helloSchema.safeParse(message)
    if (!hello.success) return
    if (hello.data.protocolVersion !== PROTOCOL_VERSION) {
      socket.emit(ServerEvent.reload, { protocolVersion: PROTOCOL_VERSION })
      return
    }
    // A whole board is the dearest thing that can be asked for, and all others wait for it.
    if (boards.take()) {
      broadcaster.welcome(socket, hello.data.lastSeq)
      return
    }
    log.warn('a socket that asks for the board again and again was cut off')
    cutOff(socket)
  })
  socket.on(ClientEvent.watch, (message: unknown) => {
    const watch = watchSchema.safeParse(message)
    if (!watch.success || (watched.size >= MOST_WATCHED && !watched.has(watch.data.coordinatorId)))
      return
    watched.add(watch.data.coordinatorId)
    broadcaster.watch(socket, watch.data.coordinatorId)
  })
  socket.on(ClientEvent.unwatch, (message: unknown) => {
    const watch = watchSchema.safeParse(message)
    if (!watch.success) return
    watched.delete(watch.data.coordinatorId)
    broadcaster.unwatch(socket, watch.data.coordinatorId)
  })
}
