import { once } from 'node:events'
import { connect } from 'node:net'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { DATA_POLICY, SCRIPT_POLICY } from '@/lib/auth/security-headers'
import { createHttpServer, type HttpParts, listen, type Upgrade } from '@/server/http/http-server'

type Handle = HttpParts['handle']
const servers: ReturnType<typeof createHttpServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function start(
  upgrades: Upgrade[] = [],
  handle: Handle = async () => {},
  more: Partial<HttpParts> = {},
) {
  const server = createHttpServer({
    ...more,
    handle,
    upgrades,
    headers: { 'x-content-type-options': 'nosniff' },
    log: pino({ level: 'silent' }),
  })
  servers.push(server)
  return { server, port: await listen(server, '127.0.0.1', 0) }
}

/** What the server says to these bytes before it closes. */
async function answerTo(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk.toString()
  })
  socket.on('error', () => {})
  socket.write(text)
  await once(socket, 'close')
  return answer
}

const upgradeOf = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`

test('an upgrade that nobody knows is answered with 404 and closed', async () => {
  const { port } = await start([() => false])
  expect(await answerTo(port, upgradeOf('/somewhere'))).toMatch(/^HTTP\/1.1 404 /)
})

test('an upgrade goes to the first that knows it', async () => {
  const seen: string[] = []
  const mine: Upgrade = (request, socket) => {
    seen.push(request.url ?? '')
    socket.end('mine')
    return true
  }
  const { port } = await start([() => false, mine, () => expect.fail('asked in vain')])
  expect(await answerTo(port, upgradeOf('/x'))).toBe('mine')
  expect(seen).toEqual(['/x'])
})

test('an upgrade that fails harms nobody', async () => {
  const broken: Upgrade = () => {
    throw new Error('broken')
  }
  const { port } = await start([broken])
  expect(await answerTo(port, upgradeOf('/x'))).toMatch(/^HTTP\/1.1 404 /)
  expect(await answerTo(port, upgradeOf('/x'))).toMatch(/^HTTP\/1.1 404 /)
})

test('a request that fails is answered, and tells nothing of why', async () => {
  const { port } = await start([], async () => {
    throw new Error('the secret is hunter2')
  })
  const response = await fetch(`http://127.0.0.1:${port}/`)
  expect(response.status).toBe(500)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(await response.text()).not.toContain('hunter2')
})

test('bytes that are no HTTP are refused', async () => {
  const { port } = await start()
  expect(await answerTo(port, '\0\0\0\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /)
})

test.each([
  ['a page that is written to', 'POST /sign-in', 405],
  ['a page by another way to write it', 'POST //api/../sign-in', 405],
  ['a method that nothing has', 'TRACE /api/v1/session', 405],
  ['an address of somewhere else', 'GET http://elsewhere/', 400],
  ['an address that is none', 'OPTIONS *', 400],
])('%s is asked of nobody', async (_, what, status) => {
  const { port } = await start([], async () => expect.fail('was asked'))
  // The body never comes: the answer does not wait for it.
  const answer = await answerTo(
    port,
    `${what} HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n`,
  )
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(answer).toContain('x-content-type-options: nosniff')
})

test('an answer without a policy may do nothing, and one that has its own keeps that', async () => {
  const { port } = await start([], async (request, response) => {
    if (request.url === '/own') response.setHeader('content-security-policy', "default-src 'self'")
    if (request.url === '/moved') response.writeHead(308, { location: '/' })
    response.end()
  })
  const policyOf = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' })
    return answer.headers.get('content-security-policy')
  }
  expect(await policyOf('/own')).toBe("default-src 'self'")
  for (const path of ['/', '/moved']) expect(await policyOf(path)).toBe(DATA_POLICY)
  // A worker has the policy that its script came with.
  expect(await policyOf('/_next/static/chunks/a.js')).toBe(SCRIPT_POLICY)
})

test('nothing is asked for in pieces', async () => {
  let range: string | undefined = 'not asked'
  const { port } = await start([], async (request, response) => {
    range = request.headers.range
    response.end()
  })
  await fetch(`http://127.0.0.1:${port}/`, { headers: { range: 'bytes=99999-' } })
  expect(range).toBeUndefined()
})

test.each([
  ['head', 'GET / HTTP/1.1\r\nHost: x\r\n'],
  ['body', 'POST /api/v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf'],
])('a request whose %s does not come to its end is given up', async (_, half) => {
  const read: Handle = async (request) => void request.resume()
  const { port } = await start([], read, { patience: { headMs: 60, wholeMs: 60 } })
  expect(await answerTo(port, half)).toMatch(/^HTTP\/1.1 4\d\d /)
})

test('a port that is taken is said in words', async () => {
  const { port } = await start()
  const { server: other } = await start()
  other.close()
  await expect(
    listen(
      createHttpServer({
        handle: async () => {},
        upgrades: [],
        headers: {},
        log: pino({ level: 'silent' }),
      }),
      '127.0.0.1',
      port,
    ),
  ).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken: stop what uses it, or set PORT to another.`,
  )
})
