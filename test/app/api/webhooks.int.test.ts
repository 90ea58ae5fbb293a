import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseEventEntry } from '@/lib/protocol/events'
import { createdWebhookSchema, webhookListSchema } from '@/lib/protocol/webhooks'
import { type Receiver, startReceiver } from '@/test/lib/notifications/receiver'
import { startTestRedis, type TestRedis } from '@/test/redis'
import { type ControlRoom, openControlRoom, routesByName } from './control-room'

const api = await routesByName()

let server: TestRedis
let room: ControlRoom
let cookie: string
let receiver: Receiver

beforeAll(async () => {
  server = await startTestRedis()
})
beforeEach(async () => {
  await room?.close()
  await server.flush()
  room = await openControlRoom(server)
  Object.assign(room.runtime, {
    config: { ...room.runtime.config, privateWebhooks: ['127.0.0.1'] },
  })
  cookie = await room.signIn('admin')
  receiver = await startReceiver()
})
afterEach(() => receiver.stop())
afterAll(async () => {
  await room.close()
  await server.stop()
})

const add = (url: string, more: object = {}) =>
  api('POST /api/v1/webhooks', { cookie, body: { name: 'pager', url, about: ['deaths'], ...more } })
const here = () => `http://127.0.0.1:${receiver.port}/hook`
const list = async () => {
  const text = await (await api('GET /api/v1/webhooks', { cookie })).text()
  return { text, ...webhookListSchema.parse(JSON.parse(text)) }
}
const test = (id: string) => api('POST /api/v1/webhooks/[id]/test', { cookie, params: { id } })

describe('webhooks', () => {
  it('show what they are signed with once, and never again', async () => {
    const { id, secret } = createdWebhookSchema.parse(await (await add(here())).json())
    expect(secret).toMatch(/^[\w-]{43}$/)
    const { text, webhooks } = await list()
    expect(webhooks).toMatchObject([
      { id, name: 'pager', about: ['deaths'], createdBy: 'the-admin' },
    ])
    expect(text).not.toContain(secret)
    const said = await (await test(id)).text()
    expect(said).not.toContain(secret)
    const audit = JSON.stringify(await room.runtime.commands.audit.page({ limit: 50 }))
    expect(audit).not.toContain(secret)
  })

  it('are tried on demand, and say how that went', async () => {
    const { id } = createdWebhookSchema.parse(await (await add(here())).json())
    expect(await (await test(id)).json()).toMatchObject({
      attempt: { outcome: 'delivered', status: 204, subject: 'A test' },
    })
    receiver.answer = { status: 302, headers: { location: 'http://127.0.0.1/' } }
    expect(await (await test(id)).json()).toMatchObject({
      attempt: { outcome: 'failed', status: 302 },
    })
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      kind: 'test',
      entries: [],
    })
    expect((await list()).webhooks[0]?.attempts.map((it) => it.outcome)).toEqual([
      'failed',
      'delivered',
    ])
  })

  it.each([
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:10.0.0.1]/',
    'ftp://example.org/',
    'http://user:password@example.org/',
  ])('do not lead to %s', async (url) => {
    const response = await add(url)
    expect(response.status).toBe(422)
    expect((await response.json()).errors[0].field).toBe('url')
    expect((await list()).webhooks).toEqual([])
  })

  it('that lead to what is forbidden by now are not called', async () => {
    const { id } = createdWebhookSchema.parse(await (await add(here())).json())
    Object.assign(room.runtime, { config: { ...room.runtime.config, privateWebhooks: [] } })
    expect(await (await test(id)).json()).toMatchObject({ attempt: { outcome: 'failed' } })
    expect(receiver.received).toEqual([])
  })

  it('are twenty at most, and are removed', async () => {
    const answers = await Promise.all(
      Array.from({ length: 22 }, (_, i) => add(here(), { name: `w-${i}` })),
    )
    expect(answers.filter((it) => it.status === 200)).toHaveLength(20)
    expect(answers.filter((it) => it.status === 409)).toHaveLength(2)
    const { webhooks } = await list()
    const params = { id: webhooks[0]?.id ?? '' }
    const remove = () => api('DELETE /api/v1/webhooks/[id]', { cookie, params })
    expect((await remove()).status).toBe(200)
    expect((await remove()).status).toBe(404)
    expect((await test(params.id)).status).toBe(404)
    expect((await list()).webhooks).toHaveLength(19)
  })
})

describe('whatever is changed about who may come in, and what is told', () => {
  it('stands in the audit and in the log of the board, with who did it', async () => {
    const body = { name: 'mira', role: 'operator' }
    await api('POST /api/v1/users', { cookie, body })
    const params = { name: 'mira' }
    await api('POST /api/v1/users/[name]/role', { cookie, params, body: { role: 'viewer' } })
    await api('POST /api/v1/users/[name]/sign-in-link', { cookie, params })
    await api('POST /api/v1/users/[name]/password', { cookie, params })
    await api('DELETE /api/v1/users/[name]', { cookie, params })
    await api('POST /api/v1/tokens', {
      cookie,
      body: { name: 'ci', scope: { kind: 'swarm', id: 's', acts: true } },
    })
    const [token] = await room.runtime.auth.machineTokens()
    await api('DELETE /api/v1/tokens/[id]', { cookie, params: { id: token?.id ?? '' } })
    const password = 'a lantern over the points'
    await api('POST /api/v1/session/password', { cookie, body: { password } })
    const { id } = createdWebhookSchema.parse(await (await add(here())).json())
    await test(id)
    await api('DELETE /api/v1/webhooks/[id]', { cookie, params: { id } })
    const theirs = await room.signIn('viewer')
    const { sessions } = await (await api('GET /api/v1/sessions', { cookie })).json()
    const other = sessions.find((it: { user: string }) => it.user === 'the-viewer')
    await api('DELETE /api/v1/sessions/[id]', { cookie, params: { id: other.id } })
    expect((await api('GET /api/v1/session', { cookie: theirs })).status).toBe(401)

    const changes = [
      ['add-user', 'mira'],
      ['set-role', 'mira'],
      ['make-sign-in-link', 'mira'],
      ['reset-password', 'mira'],
      ['remove-user', 'mira'],
      ['create-token', 'ci'],
      ['revoke-token', 'ci'],
      ['change-password', 'the-admin'],
      ['add-webhook', 'pager'],
      ['test-webhook', 'pager'],
      ['remove-webhook', 'pager'],
      ['revoke-session', 'the-viewer'],
    ]
    const { entries: audit } = await room.runtime.commands.audit.page({ limit: 100 })
    expect(audit.map((it) => [it.action, it.targets[0]]).reverse()).toEqual(changes)
    expect(new Set(audit.map((it) => it.who))).toEqual(new Set(['the-admin']))
    const entries = await room.redis.xrange(room.runtime.keys.events, '-', '+')
    const events = entries.flatMap(([seq, fields]) => {
      const parsed = parseEventEntry(seq, fields[1] ?? '')
      return parsed.ok && parsed.event.type === 'operator.acted' ? [parsed.event] : []
    })
    expect(events.map((it) => [it.data.action, it.data.targets[0]])).toEqual(changes)
    expect(new Set(events.map((it) => it.actor))).toEqual(new Set(['operator:the-admin']))
    expect(events[0]?.data.result).toBe('operator')
  })
})
