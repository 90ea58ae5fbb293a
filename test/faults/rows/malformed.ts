import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import WebSocket from 'ws'
import { CSRF_HEADER } from '@/lib/protocol/problem'
import { startTestRedis } from '../../redis'
import { projectFolder } from '../harness/context'
import { type ControlRoom, signIn, startControlRoom } from '../harness/control-room'
import { type Fault, finding, none } from '../harness/fault'
import { idsOf } from '../harness/ids'
import { inLanes } from '../harness/lanes'

/** Stands in whatever is sent; a line of the log that begins with it was not written by the server. */
const FORGED = 'forged-by-a-request'
const forgedLine = `{"level":50,"msg":"${FORGED}"}`

const nasty = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  '\r\nset-cookie: a=b',
  `\r\n${forgedLine}\r\n`,
  '\u0000',
  '\u2028',
  '../../etc/passwd',
  '%00',
  '%',
  '%E0%A4%A',
  '{{7*7}}',
  '*',
  '-1',
  '1e999',
  'NaN',
  '\ud800',
  'x'.repeat(5000),
)
const text = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 40 }), fc.string())
const deep = fc
  .integer({ min: 1, max: 3000 })
  .map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`)
const proto = fc.constantFrom(
  '{"__proto__":{"role":"admin"}}',
  '{"constructor":{"prototype":{"role":"admin"}}}',
  '{"requestId":{"__proto__":1}}',
)
const json = fc.oneof(
  fc
    .dictionary(
      fc.oneof(
        text,
        fc.constantFrom(
          'requestId',
          'reason',
          'targets',
          'type',
          'iteration',
          'payload',
          'coordinatorId',
          'entry',
          'until',
          'state',
          'decision',
        ),
      ),
      fc.oneof(
        text,
        fc.integer(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(text, { maxLength: 3 }),
      ),
      { maxKeys: 6 },
    )
    .map((it) => JSON.stringify(it)),
  fc.jsonValue({ maxDepth: 6 }).map((it) => JSON.stringify(it)),
  proto,
  deep,
  fc.string({ maxLength: 200 }),
  fc.constant('x'.repeat(300_000)),
)

const requests = (routes: readonly string[]) =>
  fc.record({
    method: fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS', 'HEAD'),
    route: fc.constantFrom(...routes),
    ids: fc.array(text, { minLength: 2, maxLength: 2 }),
    query: fc.option(fc.dictionary(text, text, { maxKeys: 3 }), { nil: undefined }),
    type: fc.constantFrom(
      'application/json',
      'application/json',
      'application/json',
      'text/plain',
      'multipart/form-data',
      '',
    ),
    body: fc.option(json, { nil: undefined }),
    header: fc.option(text, { nil: undefined }),
  })

const packets = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'hello',
        'watch',
        'unwatch',
        '__proto__',
        'connection',
        'disconnect',
        'error',
      ),
      json,
    )
    .map(([name, it]) => `42[${JSON.stringify(name)},${it}]`),
  json.map((it) => `42${it}`),
  fc.tuple(fc.nat(99), fc.string({ maxLength: 60 })).map(([kind, it]) => `${kind}${it}`),
  fc.constantFrom(
    '451-["hello",{"_placeholder":true,"num":0}]',
    '42["hello",{"__proto__":{}}]',
    '4',
    '40/elsewhere,',
    '41',
    '3',
    '2probe',
    '6',
    'b4AAA',
  ),
  deep.map((it) => `42["hello",${it}]`),
  fc.string({ unit: 'binary', maxLength: 100 }),
)

export const malformed: Fault = {
  name: 'malformed',
  title: 'malformed requests and socket messages against a running server',
  takes: 'two minutes',
  run: async (context) => {
    const count = context.quick ? 1000 : 10_000
    const redis = await startTestRedis()
    context.endLater(() => redis.stop())
    const room = await startControlRoom(context, redis, { LOG_LEVEL: 'debug' })
    // Twenty sockets and 120 actions a minute each.
    const cookies = await Promise.all(
      idsOf('fuzzer', 10).map(async (it) => (await signIn(redis, it, 'operator')).cookie),
    )
    const statuses = new Map<number, number>()
    const note = (status: number) => statuses.set(status, (statuses.get(status) ?? 0) + 1)
    const seed = randomBytes(4).readInt32LE()

    context.say(`${count} requests, seed ${seed}`)
    const agent = new Agent({ keepAlive: true, maxSockets: 20 })
    context.endLater(() => agent.destroy())
    // Whoever signed out would be sent away at the door from then on.
    const all = fc
      .sample(requests(apiRoutes()), { numRuns: count, seed })
      .map((it) => (it.route === '/api/v1/session' ? { ...it, method: 'GET' } : it))
    await inLanes(20, all, async (it, at) => {
      if (at % 10 === 0) note(await sendRaw(room, it.body ?? it.ids.join(' ')))
      else note(await sendRequest(room, agent, cookies[at % cookies.length] ?? '', it))
    })
    const alive = await healthy(room)

    context.say(`${count} socket messages`)
    const perSocket = 90
    const messages = fc.sample(packets, { numRuns: count, seed })
    const sockets = Math.ceil(count / perSocket)
    let sent = 0
    await inLanes(
      10,
      Array.from({ length: sockets }, (_, n) => n),
      async (n) => {
        const cookie = cookies[n % cookies.length] ?? ''
        const mine = messages.slice(n * perSocket, (n + 1) * perSocket)
        // Some end their connection: the rest goes over another.
        for (let from = 0; from < mine.length; ) {
          const done = await sendPackets(room, cookie, mine.slice(from))
          sent += done
          from += Math.max(1, done)
        }
      },
    )
    await sleep(500)
    const servesAll = alive && (await healthy(room))
    const unparsed = room.log.filter((it) => !isLogLine(it))
    const forged = room.log.filter(
      (it) => isLogLine(it) && (JSON.parse(it) as { msg?: unknown }).msg === FORGED,
    )
    const failures = room.log.filter((it) =>
      /uncaught exception|unhandled rejection|a route failed|a request failed/.test(it),
    )
    const of500 = [...statuses].filter(([status]) => status >= 500 && status !== 503)
    return {
      done: `${count} requests at ${apiRoutes().length} routes by signed-in operators, a tenth of them bytes that are no HTTP, and ${sent} socket messages: \`__proto__\`, CR and LF, depth, size, wrong types, wrong encodings`,
      findings: [
        finding(`all ${count} socket messages are sent`, sent, sent === count),
        finding(
          'no crash',
          room.running() && servesAll ? 'lives and serves' : 'gone',
          room.running() && servesAll,
        ),
        none(
          'no answer of 500',
          of500.reduce((sum, [, times]) => sum + times, 0),
        ),
        none('no forged line in the log', [...forged, ...unparsed]),
        none('nothing uncaught in the log', failures),
        finding(
          'answers',
          [...statuses]
            .sort(([a], [b]) => a - b)
            .map(([status, times]) => `${times} × ${status || 'closed'}`)
            .join(', '),
          'reported',
        ),
      ],
      facts: {
        seed,
        statuses: Object.fromEntries(statuses),
        unparsed: unparsed.slice(0, 10),
        forged: forged.slice(0, 10),
        failures: failures.slice(0, 10),
        lines: room.log.length,
      },
    }
  },
}

/** Every address that has a route, with `*` for its names. */
function apiRoutes(): string[] {
  const folder = path.join(projectFolder, 'app')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((it) => path.basename(it) === 'route.ts')
    .map(
      (it) =>
        `/${path
          .dirname(it)
          .split(path.sep)
          .map((part) => (part.startsWith('[') ? '*' : part))
          .join('/')}`,
    )
}

function sendRequest(
  room: ControlRoom,
  agent: Agent,
  cookie: string,
  it: {
    method: string
    route: string
    ids: string[]
    query: Record<string, string> | undefined
    type: string
    body: string | undefined
    header: string | undefined
  },
): Promise<number> {
  let id = 0
  const address = it.route.replaceAll('*', () =>
    encodeURI(wellFormed(it.ids[id++] ?? 'x'))
      .replaceAll(/[?#]/g, '%3F')
      .slice(0, 4000),
  )
  const query = it.query
    ? `?${new URLSearchParams(Object.entries(it.query).map(([name, value]) => [wellFormed(name), wellFormed(value)]))}`
    : ''
  const headers: Record<string, string> = { cookie, origin: room.url, [CSRF_HEADER]: '1' }
  if (it.type) headers['content-type'] = it.type
  // What Node itself would not send goes by raw bytes.
  if (it.header && /^[\x20-\x7e]*$/.test(it.header)) headers['x-request-id'] = it.header
  const { hostname, port } = new URL(room.url)
  return new Promise((resolve) => {
    const sent = request(
      { hostname, port, agent, method: it.method, path: `${address}${query}`, headers },
      (answer) => {
        answer.resume()
        answer.once('end', () => resolve(answer.statusCode ?? 0))
        answer.once('error', () => resolve(0))
      },
    )
    sent.once('error', () => resolve(0))
    sent.setTimeout(15_000, () => sent.destroy())
    sent.end(it.method === 'GET' || it.method === 'HEAD' ? undefined : it.body)
  })
}

const wellFormed = (it: string) => Buffer.from(it, 'utf8').toString('utf8')

/** Bytes that are nearly HTTP. Answers the status, 0 where the server just closes. */
function sendRaw(room: ControlRoom, middle: string): Promise<number> {
  const { hostname, port } = new URL(room.url)
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) })
    let said = ''
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1')
    })
    const end = () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 0))
    socket.once('close', end)
    socket.once('error', end)
    socket.setTimeout(500, () => socket.destroy())
    socket.write(
      `GET /health${middle.slice(0, 500)} HTTP/1.1\r\nHost: ${middle.slice(0, 100)}\r\nX-Request-Id: a${middle.slice(0, 200)}\r\nConnection: close\r\n\r\n`,
    )
    socket.end()
  })
}

/** Answers how many were sent before the server closed. */
async function sendPackets(
  room: ControlRoom,
  cookie: string,
  all: readonly string[],
): Promise<number> {
  const socket = new WebSocket(
    `${room.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
    { headers: { cookie, origin: room.url } },
  )
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('error', () => {})
  await Promise.race([
    closed,
    new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        const said = String(data)
        if (said.startsWith('0')) socket.send('40')
        else if (said.startsWith('40')) resolve()
      })
    }),
  ])
  let sent = 0
  for (const it of all) {
    if (socket.readyState !== WebSocket.OPEN) break
    socket.send(it)
    sent += 1
    // What ends the connection is seen before the next is counted.
    if (sent % 5 === 0) await sleep(2)
  }
  await sleep(20)
  socket.terminate()
  await closed
  return sent
}

async function healthy(room: ControlRoom): Promise<boolean> {
  return fetch(`${room.url}/ready`).then(
    (it) => it.ok,
    () => false,
  )
}

function isLogLine(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && 'level' in value && 'time' in value
  } catch {
    return false
  }
}
