import { once } from 'node:events'
import { connect } from 'node:net'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { createHttpServer, listen, type Upgrade } from '@/server/http/http-server'

const servers: ReturnType<typeof createHttpServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function start(upgrades: Upgrade[] = [], handle = async () => {}) {
  const server = createHttpServer({
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
