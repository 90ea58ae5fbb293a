import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { apiGet } from '@/components/live/api'

let close: () => void
/** The answer of which only the first half has come. */
let half: Promise<ServerResponse>

beforeEach(async () => {
  let answering: ServerResponse
  let begun: (response: ServerResponse) => void
  half = new Promise((resolve) => {
    begun = resolve
  })
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"done":')
    answering = response
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const fetchIt = fetch
  vi.stubGlobal('fetch', async (path: string, options: RequestInit) => {
    const response = await fetchIt(`http://127.0.0.1:${port}${path}`, options)
    begun(answering)
    return response
  })
  close = () => {
    server.closeAllConnections()
    server.close()
  }
})
afterEach(() => {
  close()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const schema = z.object({ done: z.boolean() })

it('is broken off by who asked also while the answer comes, and does not call it unreadable', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const asked = new AbortController()
  const answer = apiGet('/x', schema, asked.signal)
  await half
  asked.abort()
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' })
  expect(warn).not.toHaveBeenCalled()
})

it('says that no answer came when the server goes while it answers', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const answer = apiGet('/x', schema)
  ;(await half).destroy()
  await expect(answer).rejects.toMatchObject({ name: 'ApiError', status: 0 })
  expect(warn).not.toHaveBeenCalled()
})

it('says that it cannot read what is no JSON', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const answer = apiGet('/x', schema)
  ;(await half).end('perhaps')
  await expect(answer).rejects.toMatchObject({ name: 'ApiError', status: 502 })
})
