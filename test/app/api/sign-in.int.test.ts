import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readSessionCookie } from '@/lib/auth/session-cookie'
import { startTestRedis, type TestRedis } from '@/test/redis'
import { type Call, type ControlRoom, openControlRoom, routesByName } from './control-room'

const api = await routesByName()
const password = 'correct horse battery'

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

const signIn = (body: unknown, options: Call = {}) =>
  api('POST /api/v1/session', { ...options, body })

/** The cookie that an answer sets, as the browser sends it back. */
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''

describe('signing in', () => {
  it('by the first link makes an admin, and the cookie opens the session', async () => {
    const link = { user: 'operator', role: 'admin', first: true } as const
    const token = await room.runtime.auth.createSignInLink(link)
    const response = await signIn({ token })
    expect(response.status).toBe(200)
    const set = response.headers.get('set-cookie')
    expect(set).toMatch(/^signalbox=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/)
    const session = await api('GET /api/v1/session', { cookie: cookieOf(response) })
    expect(await session.json()).toMatchObject({ user: 'operator', role: 'admin' })
    expect((await signIn({ token })).status).toBe(401)

    const { entries } = await room.runtime.commands.audit.page({ limit: 1 })
    expect(entries[0]).toMatchObject({ who: 'operator', action: 'sign-in', address: '192.0.2.1' })
  })

  it('over TLS sets a cookie that no other host or path can', async () => {
    Object.assign(room.runtime, { secure: true })
    const token = await room.runtime.auth.createSignInLink({ user: 'a', role: 'viewer' })
    const set = (await signIn({ token })).headers.get('set-cookie')
    expect(set).toMatch(/^__Host-signalbox=.*; Path=\/; .*; Secure$/)
  })

  it('ends the session that the browser had before', async () => {
    const before = await room.signIn('operator')
    const token = await room.runtime.auth.createSignInLink({ user: 'the-operator' })
    const response = await signIn({ token }, { cookie: before })
    expect(cookieOf(response)).not.toBe(before)
    expect((await api('GET /api/v1/session', { cookie: before })).status).toBe(401)
  })

  it('by password is limited to five tries, per account and address', async () => {
    await room.runtime.auth.addUser({ name: 'mira', role: 'viewer', password, by: 'test' })
    const nobody = await signIn({ user: 'nobody', password: 'wrong' }, { address: '192.0.2.9' })
    const said: unknown = await nobody.json()
    for (let i = 0; i < 5; i++) {
      const refused = await signIn({ user: 'mira', password: 'wrong' })
      expect(refused.status).toBe(401)
      // The same as for who does not exist.
      expect(await refused.json()).toEqual(said)
    }
    const limited = await signIn({ user: 'mira', password })
    expect(limited.status).toBe(429)
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(60)
    expect((await signIn({ user: 'mira', password }, { address: '192.0.2.2' })).status).toBe(200)
  })

  it('without Redis says that nobody can, and what to do', async () => {
    room.redis.disconnect()
    const byPassword = await signIn({ user: 'mira', password })
    expect(byPassword.status).toBe(503)
    expect(await byPassword.json()).toMatchObject({
      detail: 'Redis cannot be reached, so nobody can sign in.',
      hint: 'Try again once it is back.',
    })
    const byLink: unknown = await (await signIn({ token: 'x'.repeat(43) })).json()
    expect(byLink).toMatchObject({ hint: 'Open your link again once it is back.' })
  })

  it('out ends the session, and the browser forgets it', async () => {
    const cookie = await room.signIn('viewer')
    const response = await api('DELETE /api/v1/session', { cookie })
    expect(response.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await api('GET /api/v1/session', { cookie })).status).toBe(401)
  })
})

describe('one’s own password', () => {
  it('needs the current one, and ends the other sessions', async () => {
    const cookie = await room.signIn('viewer')
    const other = await room.signIn('viewer')
    const change = (body: unknown) => api('POST /api/v1/session/password', { cookie, body })
    expect((await change({ password: 'too short' })).status).toBe(422)
    expect((await change({ password })).status).toBe(200)
    expect((await api('GET /api/v1/session', { cookie: other })).status).toBe(401)
    expect((await change({ password: 'another password' })).status).toBe(403)
    expect((await change({ current: 'wrong', password: 'another password' })).status).toBe(403)
    expect((await change({ current: password, password: 'another password' })).status).toBe(200)
    expect((await signIn({ user: 'the-viewer', password: 'another password' })).status).toBe(200)
  })
})

describe('users', () => {
  it('are made by an admin, and come in by a link of their own', async () => {
    const cookie = await room.signIn('admin')
    const made = await api('POST /api/v1/users', {
      cookie,
      body: { name: 'mira', role: 'operator' },
    })
    const link: { path: string; user: string } = await made.json()
    expect(link.user).toBe('mira')
    const token = link.path.replace('/sign-in#token=', '')
    expect(await (await signIn({ token })).json()).toMatchObject({ user: 'mira', role: 'operator' })
    const again = await api('POST /api/v1/users', { cookie, body: { name: 'mira', role: 'admin' } })
    expect(again.status).toBe(409)
    const { users } = await (await api('GET /api/v1/users', { cookie })).json()
    expect(users.map((it: { name: string }) => it.name)).toEqual(['mira', 'the-admin'])
    expect(JSON.stringify(users)).not.toContain('scrypt')
  })

  it('get another role at once, and lose everything when removed', async () => {
    const cookie = await room.signIn('admin')
    const theirs = await room.signIn('viewer', 'mira')
    const params = { name: 'mira' }
    await api('POST /api/v1/users/[name]/role', { cookie, params, body: { role: 'operator' } })
    const session = await api('GET /api/v1/session', { cookie: theirs })
    expect(await session.json()).toMatchObject({ role: 'operator' })
    await api('DELETE /api/v1/users/[name]', { cookie, params })
    expect((await api('GET /api/v1/session', { cookie: theirs })).status).toBe(401)
    const own = { name: 'the-admin' }
    expect((await api('DELETE /api/v1/users/[name]', { cookie, params: own })).status).toBe(422)
  })
})

describe('sessions', () => {
  it('are one’s own to see and to end; an admin’s are all', async () => {
    const admin = await room.signIn('admin')
    const viewer = await room.signIn('viewer')
    const list = async (cookie: string) => {
      const { sessions } = await (await api('GET /api/v1/sessions', { cookie })).json()
      return sessions as { id: string; user: string; own: boolean }[]
    }
    expect((await list(viewer)).map((it) => [it.user, it.own])).toEqual([['the-viewer', true]])
    expect(await list(admin)).toHaveLength(2)

    const ofAdmin = (await list(admin)).find((it) => it.own)?.id ?? ''
    const end = (cookie: string, id: string) =>
      api('DELETE /api/v1/sessions/[id]', { cookie, params: { id } })
    expect((await end(viewer, ofAdmin)).status).toBe(404)
    const ofViewer = (await list(viewer))[0]?.id ?? ''
    expect((await end(admin, ofViewer)).status).toBe(200)
    expect((await api('GET /api/v1/session', { cookie: viewer })).status).toBe(401)
    // What names a session opens nothing.
    expect((await api('GET /api/v1/session', { cookie: `signalbox=${ofAdmin}` })).status).toBe(401)
    expect(readSessionCookie(`signalbox=${ofAdmin}`, false)).toBeUndefined()
  })
})

describe('machine tokens', () => {
  it('are shown once, and work until revoked', async () => {
    const cookie = await room.signIn('admin')
    const body = { name: 'ci', scope: { kind: 'swarm', id: 'swarm-a' } }
    const { token, id } = await (await api('POST /api/v1/tokens', { cookie, body })).json()
    expect((await api('GET /api/v1/swarms', { bearer: token })).status).toBe(200)
    const list = await (await api('GET /api/v1/tokens', { cookie })).text()
    expect(list).toContain(id)
    expect(list).not.toContain(token)
    expect((await api('DELETE /api/v1/tokens/[id]', { cookie, params: { id } })).status).toBe(200)
    expect((await api('GET /api/v1/swarms', { bearer: token })).status).toBe(401)
  })

  it('change nothing', async () => {
    const scope = { kind: 'swarm', id: 'swarm-a' } as const
    const { token } = await room.runtime.auth.createMachineToken({ name: 'ci', scope, by: 'test' })
    const body = { targets: ['worker'], type: 'completion' }
    expect((await api('POST /api/v1/signals', { bearer: token, body })).status).toBe(403)
  })
})

it('the actions of a user are limited to 120 a minute', async () => {
  const cookie = await room.signIn('operator')
  const press = () => {
    const body = { entry: 'coordinator:worker:dead' }
    return api('POST /api/v1/attention/acknowledgements', { cookie, body })
  }
  const answers = await Promise.all(Array.from({ length: 125 }, press))
  expect(answers.filter((it) => it.status === 200)).toHaveLength(120)
  const limited = answers.filter((it) => it.status === 429)
  expect(limited).toHaveLength(5)
  expect(limited[0]?.headers.get('retry-after')).toMatch(/^\d+$/)
})
