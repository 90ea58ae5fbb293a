import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { createAuth } from '@/lib/auth/create-auth'
import { PROTOCOL_VERSION } from '@/lib/protocol/frames'
import { namespaceKeys } from '@/lib/redis/keys'
import { refuseUpgrade } from '@/server/http/http-server'
import { createRealtime } from '@/server/realtime/realtime-server'
import type { TestRedis } from '../../redis'
import { until } from '../../until'
import { startProjection } from '../projection/projection-harness'

/** Sockets on a real server and a real Redis; without pages. */
export async function startRealtime(redisServer: TestRedis) {
  const board = await startProjection(redisServer, namespaceKeys())
  const redis = redisServer.client()
  const auth = createAuth({ redis })
  const http = createServer()
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const realtime = createRealtime({
    projection: board.projection,
    auth,
    origins: new Set([url]),
    secure: false,
    log: pino({ level: 'silent' }),
  })
  http.on('upgrade', (request, socket, head) => {
    if (!realtime.upgrade(request, socket, head)) refuseUpgrade(socket, '404 Not Found')
  })
  const pages: { close(): unknown }[] = []

  return {
    board,
    auth,
    url,
    realtime,
    /** A new session; its cookie. */
    async signIn(user = 'kim') {
      const token = await auth.createSignInLink({ user, role: 'operator' })
      const signedIn = await auth.signInWithLink(token, { address: '127.0.0.1' })
      return { cookie: `signalbox=${signedIn.token}`, session: signedIn.session }
    },
    /** A page's socket, and all that it is told. */
    page(headers: Record<string, string>) {
      const socket = io(url, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        extraHeaders: headers,
      })
      pages.push(socket)
      const frames: [string, unknown][] = []
      socket.onAny((name: string, frame: unknown) => void frames.push([name, frame]))
      return {
        socket,
        frames,
        of: (name: string) => frames.filter(([it]) => it === name).map(([, frame]) => frame),
        /** Whether it was let in. */
        opened: new Promise<boolean>((resolve) => {
          socket.once('connect', () => resolve(true))
          socket.once('connect_error', () => resolve(false))
        }),
        hello: (lastSeq?: string) =>
          socket.emit('hello', {
            protocolVersion: PROTOCOL_VERSION,
            ...(lastSeq === undefined ? {} : { lastSeq }),
          }),
      }
    },
    /** A connection without Socket.IO's client, which says what that never would; answered pings aside. */
    async bare(headers: Record<string, string>) {
      const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
      const webSocket = new WebSocket(address, { headers })
      pages.push(webSocket)
      const said: string[] = []
      let ended = false
      webSocket.on('message', (data) => {
        said.push(String(data))
        if (String(data) === '2') webSocket.send('3')
      })
      webSocket.on('close', () => {
        ended = true
      })
      webSocket.on('error', () => {})
      const opened = await new Promise<boolean>((resolve) => {
        webSocket.once('open', () => resolve(true))
        webSocket.once('error', () => resolve(false))
      })
      return {
        webSocket,
        opened,
        ended: () => ended,
        /** What it was told, without what keeps a connection up. */
        told: () => said.filter((it) => it.startsWith('42')),
        say: (text: string | Buffer) => webSocket.send(text),
        /** Becomes a page as Socket.IO has it. */
        async connect() {
          const before = said.length
          webSocket.send('40')
          await until(() => ended || said.slice(before).some((it) => it.startsWith('40')))
        },
      }
    },
    async close() {
      for (const page of pages) page.close()
      await realtime.close()
      http.closeAllConnections()
      http.close()
      await auth.close()
      await board.close()
    },
  }
}
