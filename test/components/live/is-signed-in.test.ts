import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { isSignedIn } from '@/components/live/is-signed-in'

let close = () => {}
afterEach(() => {
  close()
  vi.unstubAllGlobals()
})

/** A server that answers so, or, without a status, never. */
async function answering(status?: number) {
  const server = createServer((_, response) => {
    if (status !== undefined) response.writeHead(status).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  close = () => {
    server.closeAllConnections()
    server.close()
  }
  const { port } = server.address() as AddressInfo
  const fetchIt = fetch
  vi.stubGlobal('fetch', (path: string, options: RequestInit) =>
    fetchIt(`http://127.0.0.1:${port}${path}`, options),
  )
}

it('is false for nobody’s session, and for nothing else', async () => {
  await answering(401)
  expect(await isSignedIn()).toBe(false)
  close()
  await answering(503)
  expect(await isSignedIn()).toBe(true)
})

it('waits no longer than it may for a server that takes the question and says nothing', async () => {
  await answering()
  expect(await isSignedIn(20)).toBe(true)
})
