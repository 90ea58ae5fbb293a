import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readSessionCookie } from '@/lib/auth/session-cookie'
import { roleAtLeast } from '@/lib/protocol/commands'
import { PROBLEM_CONTENT_TYPE, problemSchema } from '@/lib/protocol/problem'
import { startTestRedis, type TestRedis } from '@/test/redis'
import {
  allRoutes,
  type Call,
  type ControlRoom,
  call,
  filesOf,
  openControlRoom,
  type Route,
} from './control-room'

// Made from the code: a route that is added without a rule, or with one that lets somebody in who
// must stay out, fails here by itself.
const routes = await allRoutes()
const named = (list: Route[]) => list.map((it) => [`${it.method} ${it.path}`, it] as const)
// One without a rule fails by its name below, and not by keeping all from being told of.
const guarded = routes.filter(
  ({ handler: { rule } }) => rule !== undefined && rule.role !== 'public',
)
const changing = routes.filter((it) => !['GET', 'HEAD', 'OPTIONS'].includes(it.method))

/** What may be called without a session, in full. */
const PUBLIC = ['POST /api/v1/session', 'GET /health', 'GET /ready']

let server: TestRedis
let room: ControlRoom

beforeAll(async () => {
  server = await startTestRedis()
})
beforeEach(async () => {
  await room?.close()
  await server.flush()
  room = await openControlRoom(server)
})
afterAll(async () => {
  await room.close()
  await server.stop()
})

async function expectProblem(response: Response, status: number) {
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toBe(PROBLEM_CONTENT_TYPE)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const text = await response.text()
  expect(text).not.toMatch(/\bat .*\.(ts|js):\d+/)
  return problemSchema.parse(JSON.parse(text))
}

it('every route has a rule, and only these are open to all', () => {
  expect(routes.length).toBeGreaterThan(20)
  for (const [name, { handler }] of named(routes)) expect(handler.rule, name).toBeDefined()
  const open = named(routes).filter(([, it]) => it.handler.rule.role === 'public')
  expect(open.map(([name]) => name).sort()).toEqual([...PUBLIC].sort())
})

it('every page stands behind the door of the board, but these, and brings no data of its own', async () => {
  const pages = filesOf('page')
  const open = pages.filter((it) => !it.startsWith('(board)/'))
  expect(open).toEqual(['dev/primitives/page.tsx', 'sign-in/page.tsx'])
  // Whoever asks for a page without its layout gets past the door: there must be nothing behind it.
  const texts = pages.map((it) => readFileSync(path.join('app', it), 'utf8'))
  expect(texts.length).toBeGreaterThan(8)
  for (const text of texts) expect(text).not.toMatch(/@\/(lib\/(runtime|redis|auth)|server)\//)
})

describe.each(named(guarded))('%s lets in nobody', (_, route) => {
  const refused = async (options: Call) => {
    const problem = await expectProblem(await call(route, options), 401)
    expect(problem.hint).toBe('Sign in.')
  }

  it('without credentials', () => refused({}))
  it('with a token that nobody has', async () => {
    const nobody = 'A'.repeat(43)
    await refused({ cookie: `signalbox=${nobody}` })
    await refused({ bearer: nobody })
    await refused({ headers: { authorization: 'Basic b3BlcmF0b3I6' } })
  })
  it('with an expired session', async () => {
    const cookie = await room.signIn('admin')
    const token = readSessionCookie(cookie, false) ?? ''
    const session = await room.runtime.auth.session(token)
    const key = `{signalbox}:session:${session?.id}`
    await room.redis.hset(key, 'lastSeenAt', (session?.lastSeenAt ?? 0) - 31 * 60_000)
    await refused({ cookie })
  })
  it('with a revoked session', async () => {
    const cookie = await room.signIn('admin')
    await room.runtime.auth.signOut(readSessionCookie(cookie, false) ?? '')
    const response = await call(route, { cookie })
    // The browser is told to forget it.
    expect(response.headers.get('set-cookie')).toMatch(/^signalbox=; .*Max-Age=0/)
    await expectProblem(response, 401)
  })
  it('with a revoked machine token', async () => {
    const scope = { kind: 'swarm', id: 'swarm-a' } as const
    const { token, id } = await room.runtime.auth.createMachineToken({ name: 'ci', scope, by: 't' })
    await room.runtime.auth.revokeMachineToken(id)
    await refused({ bearer: token })
  })
  it('with a machine token that is for something else', async () => {
    const scope =
      route.path === '/metrics'
        ? ({ kind: 'swarm', id: 'swarm-a' } as const)
        : ({ kind: 'metrics' } as const)
    const { token } = await room.runtime.auth.createMachineToken({ name: 'ci', scope, by: 't' })
    const response = await call(route, { bearer: token })
    await expectProblem(response, 403)
  })
})

describe.each(
  named(
    guarded.filter(({ handler: { rule } }) => rule.role !== 'viewer' && rule.role !== 'public'),
  ),
)('%s', (_, route) => {
  const { role } = route.handler.rule
  it.each(['viewer', 'operator'] as const)(
    'refuses the role %s where it is too small',
    async (has) => {
      if (role === 'public' || roleAtLeast(has, role)) return
      const problem = await expectProblem(
        await call(route, { cookie: await room.signIn(has) }),
        403,
      )
      expect(problem.detail).toContain(role)
    },
  )
})

it('who may come in is told that an address names nothing, in the words of the API', async () => {
  const nothing = routes.filter((it) => it.path === '/api/[...rest]')
  expect(nothing.length).toBe(5)
  for (const it of nothing) {
    await expectProblem(await call(it, { cookie: await room.signIn('viewer') }), 404)
  }
})

const actingToken = async () => {
  const scope = { kind: 'coordinator', id: 'coordinator-a', acts: true } as const
  return (await room.runtime.auth.createMachineToken({ name: 'ci', scope, by: 't' })).token
}

describe.each(named(guarded.filter(({ handler: { rule } }) => rule.machines === 'acting')))(
  '%s',
  (_, route) => {
    it('is for machines whose token lets them take part, and for no person', async () => {
      await expectProblem(await call(route, { cookie: await room.signIn('admin') }), 403)
      const scope = { kind: 'coordinator', id: 'coordinator-a' } as const
      const reading = await room.runtime.auth.createMachineToken({ name: 'ci', scope, by: 't' })
      const problem = await expectProblem(await call(route, { bearer: reading.token }), 403)
      expect(problem.detail).toBe('This token only reads.')
      // A page that somebody is signed in to cannot use what it does not know.
      const token = await actingToken()
      const answer = await call(route, { bearer: token, origin: null, csrf: false })
      expect(answer.status).not.toBe(403)
    })
    it('has a limit', () => {
      expect(route.handler.rule.limit).toBe('call')
    })
  },
)

it('every route that changes something has a limit', () => {
  const without = named(changing).filter(([, it]) => it.handler.rule.limit === undefined)
  expect(without.map(([name]) => name)).toEqual(['POST /api/v1/session', 'DELETE /api/v1/session'])
})

describe.each(named(changing))('%s', (_, route) => {
  it('takes nothing from a page of another origin, or of none', async () => {
    const cookie = await room.signIn('admin')
    for (const origin of ['https://evil.example', 'null', null, '', 'http://127.0.0.1:4131']) {
      await expectProblem(await call(route, { cookie, origin }), 403)
    }
  })
  it('takes nothing without the header that forms cannot send', async () => {
    const cookie = await room.signIn('admin')
    await expectProblem(await call(route, { cookie, csrf: false }), 403)
  })
  it('takes nothing but JSON', async () => {
    if (route.handler.rule.body === undefined) return
    const who =
      route.handler.rule.machines === 'acting'
        ? { bearer: await actingToken() }
        : { cookie: await room.signIn('admin') }
    for (const contentType of ['text/plain', 'application/x-www-form-urlencoded', null]) {
      const response = await call(route, { ...who, contentType, raw: 'a=b' })
      await expectProblem(response, 415)
    }
  })
})
