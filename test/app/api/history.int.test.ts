import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { historyRangeSchema, historyViewSchema } from '@/lib/protocol/history'
import { problemSchema } from '@/lib/protocol/problem'
import { applyEvents } from '@/lib/view/reduce'
import { viewFromWire } from '@/lib/view/view'
import { startTestRedis, type TestRedis } from '@/test/redis'
import { type ControlRoom, openControlRoom, routesByName, SECRET } from './control-room'

const RANGE = 'GET /api/v1/history'
const VIEW = 'GET /api/v1/history/view'

let server: TestRedis
let room: ControlRoom
const ask = await routesByName()

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

/** A coordinator that goes through these phases; answers all events. */
async function live(phases: readonly string[]) {
  const manager = new BlockingCoordinationManager({
    redisClient: room.redis,
    coordinatorId: 'coordinator-a',
    hmacSecret: SECRET,
    heartbeatInterval: 3_600_000,
  })
  for (const [index, phase] of phases.entries()) await manager.recordActivity(phase, index + 1)
  await manager.cleanup()
  await room.refresh()
  const entries = await room.redis.xrange(room.runtime.keys.events, '-', '+')
  return entries.map(([seq, [, json]]) => ({ seq, json: json ?? '' }))
}

describe('the past over HTTP', () => {
  test('a viewer reads the board of any moment, and what is around it', async () => {
    const cookie = await room.signIn('viewer')
    const log = await live(['plan', 'build', 'check'])
    const seqs = log.map((it) => it.seq)
    const view = async (query: string) => {
      const response = await ask(VIEW, { cookie, query })
      expect(response.status).toBe(200)
      return historyViewSchema.parse(await response.json())
    }
    const build = log.findIndex((it) => it.json.includes('"phase":"build"'))
    const then = await view(`?at=${seqs[build]}`)
    expect(then.view.coordinators[0]).toMatchObject({ phase: 'build', liveness: 'active' })
    expect(then.events).toEqual([])
    expect(then.seq).toBe(seqs[build])

    const around = await view(`?at=${seqs[build]}&lead=1&follow=1`)
    expect(around.view.coordinators[0]?.phase).toBe('plan')
    expect(around.events.map((it) => it.seq)).toEqual(seqs.slice(build, build + 2))
    expect(around.complete).toBe(false)
    const folded = applyEvents(viewFromWire(around.view), around.events)
    expect(folded.coordinators.get('coordinator-a')?.phase).toBe('check')

    // Before anybody came, and in the future, which is now.
    expect((await view('?at=1')).view.coordinators).toEqual([])
    const last = await view('?at=9999999999999&follow=5')
    expect(last.view.coordinators[0]?.liveness).toBe('stopped')
    expect(last.complete).toBe(true)
  })

  test('says how far back it reaches, and refuses what lies before', async () => {
    const cookie = await room.signIn('viewer')
    const range = async () => {
      const response = await ask(RANGE, { cookie, query: '?buckets=10' })
      return historyRangeSchema.parse(await response.json())
    }
    expect(await range()).toMatchObject({ reaches: 'kept', marks: [] })
    const log = await live(['plan', 'build'])
    const first = Number(log[0]?.seq.split('-')[0])
    const told = await range()
    expect(told).toMatchObject({ oldest: first, reaches: 'beginning', countedFrom: 0 })
    expect(told.buckets.reduce((sum, it) => sum + it, 0)).toBe(log.length)

    await room.redis.xtrim(room.runtime.keys.events, 'MAXLEN', 1)
    expect((await range()).oldest).toBeUndefined()
    const response = await ask(VIEW, { cookie, query: `?at=${first}` })
    expect(response.status).toBe(410)
    expect(problemSchema.parse(await response.json())).toMatchObject({ title: 'Not kept any more' })
  })

  test.each([
    [VIEW, ''],
    [VIEW, '?at=yesterday'],
    [VIEW, '?at=5&lead=501'],
    [VIEW, '?at=5&follow=-1'],
    [VIEW, '?at=1-2-3'],
    [RANGE, '?buckets=100000'],
    [RANGE, '?from=-1'],
  ])('%s%s is refused', async (name, query) => {
    const response = await ask(name, { cookie: await room.signIn('viewer'), query })
    expect(response.status).toBe(400)
  })
})
