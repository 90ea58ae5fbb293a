import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Receiver {
  readonly port: number
  readonly received: Received[]
  /** What it answers from now on. */
  answer:
    | { status: number; headers?: Record<string, string>; body?: string }
    | 'nothing'
    | 'hangs up'
  stop(): Promise<void>
}

/** A real receiver of webhooks, on loopback. */
export async function startReceiver(host = '127.0.0.1', port = 0): Promise<Receiver> {
  const received: Received[] = []
  const receiver = { received, answer: { status: 204 } as Receiver['answer'] }
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      received.push({ path: request.url ?? '', headers: request.headers, body })
      const { answer } = receiver
      if (answer === 'nothing') return
      if (answer === 'hangs up') return void request.socket.destroy()
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  return Object.assign(receiver, {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}
