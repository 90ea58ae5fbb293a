import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ClientEvent } from '@/lib/protocol/frames'
import { startTestRedis, type TestRedis } from '../../redis'
import { until } from '../../until'
import { startRealtime } from './realtime-harness'

let server: TestRedis
let at: Awaited<ReturnType<typeof startRealtime>>
let headers: Record<string, string>
let session: string

beforeAll(async () => {
  server = await startTestRedis()
})
beforeEach(async () => {
  await server.flush()
  at = await startRealtime(server)
  const kim = await at.signIn('kim')
  headers = { cookie: kim.cookie, origin: at.url }
  session = kim.session.id
})
afterEach(() => at.close())
afterAll(() => server.stop())

/** Everything that a page may say, as it would say it. Made from the code: a new event has to be here. */
const says: Record<keyof typeof ClientEvent, unknown> = {
  hello: { protocolVersion: 1 },
  watch: { coordinatorId: 'a' },
  unwatch: { coordinatorId: 'a' },
}
const packet = (name: string, message: unknown) => `42${JSON.stringify([name, message])}`

describe.each(Object.values(ClientEvent))('%s', (name) => {
  test('is heard from nobody without a session', async () => {
    const nobody = `signalbox=${'A'.repeat(43)}`
    const others: Record<string, string>[] = [{ origin: at.url }, { ...headers, cookie: nobody }]
    for (const refused of others) {
      expect((await at.bare(refused)).opened).toBe(false)
    }
    await at.auth.revokeSession(session)
    expect((await at.bare(headers)).opened).toBe(false)
  })

  test('keeps no connection open whose session has ended since', async () => {
    const page = await at.bare(headers)
    const silent = await at.bare(headers)
    await page.connect()
    await at.auth.revokeSession(session)
    for (const it of [page, silent]) {
      it.say(packet(name, says[name]))
      await until(() => it.ended())
    }
    // The end travels through Redis: what a page says in the milliseconds until then may be answered.
    expect(silent.told()).toEqual([])
  })

  test('is heard from no connection that has not become a page', async () => {
    const silent = await at.bare(headers)
    silent.say(packet(name, says[name]))
    await until(() => silent.ended())
    expect(silent.told()).toEqual([])
  })

  test('changes nothing in Redis, whoever says it', async () => {
    const page = at.page(headers)
    await page.opened
    const redis = server.client()
    const stored = async () => (await redis.keys('*')).sort()
    const before = await stored()
    page.socket.emit(name, says[name])
    // Answered in order: when this one is, the first was heard.
    page.socket.emit(ClientEvent.watch, { coordinatorId: 'last' })
    await until(() => page.of('detail').some((it) => JSON.stringify(it).includes('"last"')))
    expect(await stored()).toEqual(before)
  })
})

describe('a connection', () => {
  test('that gave up its page is ended, and comes back with no session that ended meanwhile', async () => {
    const parked = await at.bare(headers)
    await parked.connect()
    parked.say('41')
    await until(() => parked.ended())
    await at.auth.revokeSession(session)
    expect((await at.bare(headers)).opened).toBe(false)
  })

  test('counts among the twenty of its user before it says a word', async () => {
    const many = await Promise.all(Array.from({ length: 30 }, () => at.bare(headers)))
    await until(() => many.filter((it) => it.opened && !it.ended()).length <= 20)
    expect(at.realtime.clients()).toBeLessThanOrEqual(20)
    expect(await at.page(headers).opened).toBe(false)
  })

  test('has one page and not another one, with all its allowances anew', async () => {
    const twice = await at.bare(headers)
    twice.say('40')
    twice.say('40')
    await until(() => twice.ended())
  })

  test.each([
    ['pongs that nobody asked for', '3'],
    ['answers to nothing', '431[]'],
    ['events that nobody knows', '42["nothing"]'],
  ])('that floods with %s is cut off', async (_, text) => {
    const flood = await at.bare(headers)
    await flood.connect()
    for (let n = 0; n < 101; n++) flood.say(text)
    await until(() => flood.ended())
  })

  test('that speaks in bytes, or in a message of more than 64 KB, is cut off', async () => {
    const [bytes, long] = [await at.bare(headers), await at.bare(headers)]
    await bytes.connect()
    bytes.say('451-["hello",{"_placeholder":true,"num":0}]')
    bytes.say(Buffer.alloc(10))
    await until(() => bytes.ended())
    await long.connect()
    long.say(packet('hello', 'x'.repeat(64 * 1024)))
    await until(() => long.ended())
  })
})
