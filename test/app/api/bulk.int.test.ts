import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { CoordinatorTimeoutHandler } from '@/lib/cfn-loop/coordinator-timeout-handler'
import { BULK_LINES, bulkResultSchema, bulkTargetResultSchema } from '@/lib/protocol/commands'
import { startTestRedis, type TestRedis } from '@/test/redis'
import { type ControlRoom, openControlRoom, routesByName } from './control-room'

const api = await routesByName()
const ROUTE = 'POST /api/v1/coordinators/actions'

let server: TestRedis
let room: ControlRoom
const ids = Array.from({ length: 20 }, (_, n) => `worker-${n}`)
const body = {
  action: 'cleanup-coordinator',
  coordinatorIds: [...ids, 'nobody'],
  reason: 'the rack is gone',
  requestId: 'press-0001',
}

beforeAll(async () => {
  server = await startTestRedis()
})
beforeEach(async () => {
  await room?.close()
  await server.flush()
  // Two presses a minute: many targets are one.
  room = await openControlRoom(server, { limits: { actions: { most: 2, windowMs: 60_000 } } })
  const handler = new CoordinatorTimeoutHandler({ redisClient: room.redis })
  for (const it of ids) await handler.recordActivity(it, 0)
})
afterAll(async () => {
  await room.close()
  await server.stop()
})

const auditEntries = async () => (await room.runtime.commands.audit.page({ limit: 100 })).entries

it('answers who accepts lines with one for each target, and counts once against the limit', async () => {
  const cookie = await room.signIn('operator')
  const press = (accept?: string) =>
    api(ROUTE, { cookie, body, ...(accept ? { headers: { accept } } : {}) })
  const lines = await press(BULK_LINES)
  expect(lines.headers.get('content-type')).toBe(BULK_LINES)
  const told = (await lines.text())
    .trim()
    .split('\n')
    .map((it) => bulkTargetResultSchema.parse(JSON.parse(it)))
  expect(
    told
      .filter((it) => it.done)
      .map((it) => it.coordinatorId)
      .sort(),
  ).toEqual([...ids].sort())
  expect(told.find((it) => !it.done)).toMatchObject({ coordinatorId: 'nobody' })

  // The same press again, as one document: the same results, in the order that was asked for.
  const { results } = bulkResultSchema.parse(await (await press()).json())
  expect(results.map((it) => it.coordinatorId)).toEqual(body.coordinatorIds)
  expect(results).toEqual(expect.arrayContaining(told))
  expect((await press()).status).toBe(429)
  expect(await auditEntries()).toHaveLength(21)
})

it('goes on to the end when the page goes away meanwhile', async () => {
  const cookie = await room.signIn('operator')
  const response = await api(ROUTE, { cookie, body, headers: { accept: BULK_LINES } })
  await response.body?.cancel()
  await expect.poll(async () => (await auditEntries()).length).toBe(21)
})

it('refuses a viewer, in the audit too, before it says what is wrong with the rest', async () => {
  const cookie = await room.signIn('viewer', 'vera')
  expect((await api(ROUTE, { cookie, body })).status).toBe(403)
  expect((await api(ROUTE, { cookie, body: { action: 'explode' } })).status).toBe(403)
  expect(await auditEntries()).toMatchObject([
    { who: 'vera', action: 'act-on-many', outcome: 'refused' },
    { who: 'vera', action: body.action, outcome: 'refused', targets: body.coordinatorIds },
  ])
  await room.close()
  room = await openControlRoom(server)
  const wrong = await api(ROUTE, {
    cookie: await room.signIn('operator'),
    body: { action: 'explode' },
  })
  expect(wrong.status).toBe(422)
})
