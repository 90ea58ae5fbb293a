import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { ADDRESS_HEADER } from '@/lib/auth/address-header'
import { DATA_POLICY, SCRIPT_POLICY } from '@/lib/auth/security-headers'
import { clientAddress } from './client-address'
import { misfitOf } from './misfit'

const POLICY = 'content-security-policy'

/** Answers an upgrade, or says that it is not its own. */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean

export interface HttpParts {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  upgrades: readonly Upgrade[]
  /** Go with every answer, whoever gives it. */
  headers: Readonly<Record<string, string>>
  /** How many proxies of ours stand in front. */
  proxies?: number
  /** How long a request may take to come, its head and all of it, ms. */
  patience?: { headMs: number; wholeMs: number }
  log: Logger
}

/** The HTTP server: requests to the pages, upgrades to whoever they belong to. */
export function createHttpServer({
  handle,
  upgrades,
  headers,
  proxies = 0,
  patience = { headMs: 15_000, wholeMs: 60_000 },
  log,
}: HttpParts): Server {
  const times = {
    headersTimeout: patience.headMs,
    requestTimeout: patience.wholeMs,
    connectionsCheckingInterval: patience.headMs / 3,
  }
  const server = createServer(times, (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    givePolicy(request, response)
    const misfit = misfitOf(request)
    if (misfit !== undefined) {
      response.writeHead(misfit, { connection: 'close' }).end()
      return
    }
    // Nothing here is asked for in pieces; to a piece that is not there Next answers with a fault.
    delete request.headers.range
    // Limits go by it: a client must not name its own.
    request.headers[ADDRESS_HEADER] = clientAddress(request, proxies)
    handle(request, response).catch((error: unknown) => {
      log.error({ err: error, method: request.method }, 'a request failed')
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end('Internal error')
    })
  })
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    else socket.destroy()
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    try {
      if (upgrades.some((upgrade) => upgrade(request, socket, head))) return
    } catch (error) {
      log.error({ err: error }, 'an upgrade failed')
    }
    refuseUpgrade(socket, '404 Not Found')
  })
  return server
}

/**
 * Pages and routes come with a policy of their own; whatever else Next answers by itself, such as where an
 * address has moved to or that there is no such method, may do nothing at all, and scripts load their parts.
 */
function givePolicy(request: IncomingMessage, response: ServerResponse): void {
  const policy = request.url?.startsWith('/_next/static/') ? SCRIPT_POLICY : DATA_POLICY
  const writeHead = response.writeHead.bind(response) as (...all: unknown[]) => ServerResponse
  Object.assign(response, {
    writeHead(...all: unknown[]) {
      if (!response.hasHeader(POLICY)) response.setHeader(POLICY, policy)
      return writeHead(...all)
    },
  })
}

export function refuseUpgrade(socket: Duplex, status: string): void {
  if (socket.writable)
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  // A client that never closes its half would keep the socket for ever.
  setTimeout(() => socket.destroy(), 1000).unref()
}

/** Listens, or rejects in words for whoever started the server. Answers the port. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new Error(
          error.code === 'EADDRINUSE'
            ? `Port ${port} on ${host} is taken: stop what uses it, or set PORT to another.`
            : error.code === 'EADDRNOTAVAIL'
              ? `This machine has no address ${host}: set HOST to another.`
              : `Cannot listen on ${host}:${port}: ${error.message}.`,
        ),
      )
    })
    server.listen(port, host, () => {
      server.removeAllListeners('error')
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
