import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROBLEM_CONTENT_TYPE, problemSchema } from '@/lib/protocol/problem'
import { startTestRedis, type TestRedis } from '@/test/redis'
import {
  allRoutes,
  type Call,
  type ControlRoom,
  call,
  openControlRoom,
  paramsOf,
} from './control-room'

const routes = await allRoutes()
const unlimited = { most: 1_000_000, windowMs: 60_000 }
/** Of each kind; set to 2000 it makes ten thousand and more. */
const RUNS = Number(process.env.SIGNALBOX_FUZZ_RUNS ?? 300)

let server: TestRedis
let room: ControlRoom
let cookie: string
let bearer: string
const logged: string[] = []

beforeAll(async () => {
  server = await startTestRedis()
  room = await openControlRoom(server, {
    limits: { actions: unlimited, signIn: unlimited, link: unlimited, machineCalls: unlimited },
    onLog: (line) => logged.push(line),
  })
  // Whoever is fuzzed must not sign itself out, or lose its role.
  cookie = await room.signIn('admin', 'the-fuzzed')
  const scope = { kind: 'coordinator', id: 'coordinator-a', acts: true } as const
  bearer = (await room.runtime.auth.createMachineToken({ name: 'fuzz', scope, by: 'test' })).token
})
afterAll(async () => {
  await room.close()
  await server.stop()
})

const route = fc.constantFrom(
  ...routes.filter((it) => `${it.method} ${it.path}` !== 'DELETE /api/v1/session'),
)
const nasty = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  '\r\nset-cookie: a=b',
  '\u0000',
  '\u2028{"level":"error"}',
  '../../etc/passwd',
  '%00',
  '%',
  '#{7*7}',
  '*',
  '-1',
  '1e999',
  'NaN',
  '\ud800',
  'x'.repeat(5000),
)
const text = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 40 }), fc.string())
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 6 }),
  fc.dictionary(text, fc.oneof(text, fc.integer(), fc.jsonValue({ maxDepth: 2 })), { maxKeys: 6 }),
)

/** Bodies that nearly fit: the fields that routes know, with values that they do not. */
const FIELDS = [
  'requestId reason coordinatorId force targets type iteration payload idempotencyKey signalId',
  'owner name state key decision entry until token user password current role scope',
  'epoch instance waitMs limit types phase thresholdMs heartbeatIntervalMs claim host action result',
]
  .join(' ')
  .split(' ')
const value = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(text, { maxLength: 3 }),
  fc.constantFrom('proceed', 'open', 'completion', 'viewer', 'because I say so', 'coordinator-a'),
  fc.jsonValue({ maxDepth: 3 }),
)
const nearly = fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 8 })

async function expectNoFault(response: Response) {
  expect(response.status).not.toBe(500)
  if (response.status >= 400 && response.headers.get('content-type') === PROBLEM_CONTENT_TYPE) {
    problemSchema.parse(await response.json())
  }
}

const never = async (calls: fc.Arbitrary<[(typeof routes)[number], Call]>) => {
  await fc.assert(
    fc.asyncProperty(calls, async ([it, options]) => {
      const who = it.handler.rule.machines === 'acting' ? { bearer } : { cookie }
      await expectNoFault(await call(it, { ...who, ...options }))
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
  expect(logged.filter((it) => it.includes('a route failed'))).toEqual([])
}

describe('malformed requests are no fault of the server', () => {
  it('bodies of any JSON', () => never(fc.tuple(route, fc.record({ body: json }))))
  it('bodies that nearly fit', () => never(fc.tuple(route, fc.record({ body: nearly }))))
  it('bodies that are no JSON', () =>
    never(
      fc.tuple(
        route,
        fc.record({ raw: fc.oneof(text.map(withoutHalves), fc.uint8Array({ maxLength: 200 })) }),
      ),
    ))
  it('addresses', () =>
    never(
      route.chain((it) => {
        const names = Object.keys(paramsOf(it.path))
        const params = fc.record(Object.fromEntries(names.map((name) => [name, text])))
        return fc.tuple(fc.constant(it), fc.record({ params }))
      }),
    ))
  it('queries', () =>
    never(
      fc.tuple(
        route,
        fc.record({
          query: fc
            .array(
              fc.tuple(
                fc.constantFrom(
                  'after',
                  'before',
                  'type',
                  'limit',
                  'q',
                  'x',
                  'format',
                  'state',
                  'coordinator',
                  '__proto__',
                ),
                text,
              ),
            )
            .map(
              (pairs) => `?${new URLSearchParams(pairs.map(([k, v]) => [k, withoutHalves(v)]))}`,
            ),
        }),
      ),
    ))
  it('cookies and tokens', () =>
    never(
      fc.tuple(
        route,
        fc.record({
          cookie: headerText.map((it) => `signalbox=${it}`),
          headers: fc.record({ authorization: headerText }),
        }),
      ),
    ))
})

const headerText = fc.string({ unit: 'grapheme-ascii', maxLength: 60 })

/** Half a surrogate pair cannot be sent as UTF-8. */
const withoutHalves = (it: string) => Buffer.from(it, 'utf8').toString('utf8')

describe('a body', () => {
  const send = routes.find((it) => it.method === 'POST' && it.path === '/api/v1/signals')
  const signIn = routes.find((it) => it.method === 'POST' && it.path === '/api/v1/session')
  if (!send || !signIn) throw new Error('no such route')

  it('may not be larger than its route takes, announced or not', async () => {
    for (const [it, bytes] of [
      [send, 128 * 1024],
      [signIn, 4096],
    ] as const) {
      const raw = `{"x":"${'x'.repeat(bytes)}"}`
      expect((await call(it, { cookie, raw })).status).toBe(413)
      const headers = { 'content-length': String(bytes * 1000) }
      expect((await call(it, { cookie, raw: '{}', headers })).status).toBe(413)
    }
  })

  it('may not be nested without end', async () => {
    const deep = `{"payload":${'['.repeat(60_000)}${']'.repeat(60_000)}}`
    expect((await call(send, { cookie, raw: deep })).status).toBe(400)
  })

  it('may not bring a prototype', async () => {
    const polluted = '{"targets":["a"],"type":"error","payload":{"__proto__":{"isAdmin":true}}}'
    expect((await call(send, { cookie, raw: polluted })).status).toBe(400)
    expect('isAdmin' in {}).toBe(false)
  })
})

describe('a query', () => {
  const asked = routes.filter((it) => it.handler.rule.query !== undefined)

  it('may hold nothing that its route does not know, which would be passed over in silence', async () => {
    expect(asked.length).toBeGreaterThan(5)
    for (const it of asked) {
      const response = await call(it, { cookie, query: '?limitt=1' })
      expect(response.status, it.path).toBe(400)
      const { errors } = problemSchema.parse(await response.json())
      expect(errors, it.path).toContainEqual({ field: 'limitt', rule: 'is not known here' })
    }
  })
})
