import { EventEmitter } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import next from 'next'

/** Next's pages and routes, as a handler of requests. */
export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Next's own upgrades: hot reload in development, nothing in production. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  close(): Promise<void>
}

export async function createPages(options: {
  dir: string
  host: string
  port: number
  development: boolean
}): Promise<Pages> {
  // Next listens for upgrades on the server it is given, and would answer those of others with an
  // error. It is given one that only says what is Next's.
  const listener = new EventEmitter()
  const app = next({
    dev: options.development,
    dir: options.dir,
    hostname: options.host,
    port: options.port,
    httpServer: listener as unknown as Server,
    quiet: !options.development,
  })
  await app.prepare()
  const handle = app.getRequestHandler()
  return {
    handle: (request, response) => handle(request, response),
    upgrade(request, socket, head) {
      if (!options.development || !request.url?.startsWith('/_next/')) return false
      return listener.emit('upgrade', request, socket, head)
    },
    close: () => app.close(),
  }
}
