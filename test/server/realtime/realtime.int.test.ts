import { request } from 'node:http'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import {
  beatFrameSchema,
  detailFrameSchema,
  patchFrameSchema,
  snapshotFrameSchema,
  statusFrameSchema,
  stripFrameSchema,
} from '@/lib/protocol/frames'
import { namespaceKeys } from '@/lib/redis/keys'
import { applyEvents } from '@/lib/view/reduce'
import { viewFromWire } from '@/lib/view/view'
import { testNamespace } from '../../lib/cfn-loop/namespace'
import { startTestRedis, type TestRedis } from '../../redis'
import { until } from '../../until'
import { comparable } from '../projection/projection-harness'
import { startRealtime } from './realtime-harness'

let server: TestRedis
let at: Awaited<ReturnType<typeof startRealtime>>
const closers: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  server = await startTestRedis()
})
beforeEach(async () => {
  await server.flush()
  // The log is never as old as what it tells of: there was somebody before any page came.
  await live('from-before')
  at = await startRealtime(server)
})
afterEach(async () => {
  for (const close of closers.splice(0)) await close().catch(() => {})
  await at.close()
})
afterAll(() => server.stop())

async function live(id: string, heartbeatInterval = 3_600_000) {
  const life = testNamespace(server.client()).life(id, { heartbeatInterval })
  closers.push(() => life.stop())
  await life.ensure()
  return life
}

describe('a socket is opened', () => {
  test('for a page of this site with a session', async () => {
    const { cookie } = await at.signIn()
    expect(await at.page({ cookie, origin: at.url }).opened).toBe(true)
  })

  test.each([
    ['of another site', { origin: 'http://evil.example' }],
    ['of a sandboxed frame', { origin: 'null' }],
    ['that names no origin', {}],
    ['of another port of this host', { origin: 'http://127.0.0.1:1' }],
    ['of this site over TLS, which this is not', { origin: 'https' }],
  ])('not for a page %s, whatever its cookie', async (_, headers: { origin?: string }) => {
    const { cookie } = await at.signIn()
    const origin = headers.origin === 'https' ? at.url.replace('http:', 'https:') : headers.origin
    expect(await at.page({ cookie, ...(origin ? { origin } : {}) }).opened).toBe(false)
  })

  test.each([
    ['no cookie', {}],
    ['a cookie that is no token', { cookie: 'signalbox=x' }],
    ['a token of nobody', { cookie: `signalbox=${'A'.repeat(43)}` }],
  ])('not with %s', async (_, headers) => {
    expect(await at.page({ ...headers, origin: at.url }).opened).toBe(false)
  })

  test('not by polling', async () => {
    const { cookie } = await at.signIn()
    const status = await new Promise<string>((resolve) => {
      const polling = request(`${at.url}/socket.io/?EIO=4&transport=polling`, {
        headers: { cookie, origin: at.url, connection: 'Upgrade', upgrade: 'websocket' },
      })
      polling.on('response', (response) => resolve(String(response.statusCode)))
      polling.on('upgrade', (_response, socket) => {
        socket.destroy()
        resolve('upgraded')
      })
      polling.on('error', () => resolve('closed'))
      polling.end()
    })
    expect(status).not.toBe('200')
    expect(status).not.toBe('upgraded')
  })

  test('at most twenty times for one user, who may use what the others leave', async () => {
    const { cookie } = await at.signIn()
    const headers = { cookie, origin: at.url }
    const pages = Array.from({ length: 20 }, () => at.page(headers))
    expect(await Promise.all(pages.map((page) => page.opened))).not.toContain(false)
    expect(await at.page(headers).opened).toBe(false)
    pages[0]?.socket.close()
    await until(() => at.realtime.clients() < 20)
    expect(await at.page(headers).opened).toBe(true)
  })
})

describe('a page', () => {
  test('is told the whole board, then what happens, in frames of the protocol', async () => {
    const { cookie } = await at.signIn()
    await live('a', 40)
    const page = at.page({ cookie, origin: at.url })
    page.hello()
    await until(() => page.of('snapshot').length > 0)
    const life = await live('b')
    await life.recordActivity('loop-3', 1)
    page.socket.emit('watch', { coordinatorId: 'a' })
    await until(
      () =>
        page.of('patch').length > 0 && page.of('beats').length > 1 && page.of('detail').length > 0,
    )
    await until(() => page.of('status').length > 1)
    const [snapshot] = page.of('snapshot').map((it) => snapshotFrameSchema.parse(it))
    let view = viewFromWire(snapshot?.view ?? expect.fail())
    await until(() => at.board.projection.view().coordinators.get('b')?.phase === 'loop-3')
    await until(() => {
      const last = page.of('patch').at(-1)
      return patchFrameSchema.parse(last).toSeq === at.board.projection.view().seq
    })
    for (const patch of page.of('patch').map((it) => patchFrameSchema.parse(it))) {
      expect(patch.fromSeq).toBe(view.seq)
      view = { ...applyEvents(view, patch.events), seq: patch.toSeq }
    }
    expect(comparable(view)).toEqual(comparable(at.board.projection.view()))
    for (const frame of page.of('beats')) beatFrameSchema.parse(frame)
    for (const frame of page.of('strips')) stripFrameSchema.parse(frame)
    for (const frame of page.of('status')) statusFrameSchema.parse(frame)
    for (const frame of page.of('detail'))
      expect(detailFrameSchema.parse(frame).coordinatorId).toBe('a')
  })

  test('sees nobody silent who is not: the board comes with the beats of its moment', async () => {
    const { cookie } = await at.signIn()
    await live('a', 40)
    const { projection } = at.board
    const eventAt = () => projection.view().coordinators.get('a')?.lastBeat ?? Infinity
    await until(() => (projection.lastBeat('a') ?? 0) > eventAt())
    const beat = projection.lastBeat('a')
    const page = at.page({ cookie, origin: at.url })
    page.hello()
    await until(() => page.of('snapshot').length > 0)
    const { view } = snapshotFrameSchema.parse(page.of('snapshot')[0])
    expect(view.coordinators.find((it) => it.id === 'a')?.lastBeat).toBeGreaterThanOrEqual(
      beat ?? Infinity,
    )
  })

  test('that comes back is told what it missed, or all where that is not known', async () => {
    const { cookie } = await at.signIn()
    const headers = { cookie, origin: at.url }
    const first = at.page(headers)
    first.hello()
    await until(() => first.of('snapshot').length > 0)
    const { seq } = snapshotFrameSchema.parse(first.of('snapshot')[0])
    first.socket.close()
    await live('a')
    await until(() => at.board.projection.view().coordinators.has('a'))

    const back = at.page(headers)
    back.hello(seq)
    await until(() => back.of('patch').length > 0)
    expect(patchFrameSchema.parse(back.of('patch')[0])).toMatchObject({
      fromSeq: seq,
      events: [{ type: 'coordinator.registered' }],
    })
    expect(back.of('snapshot')).toEqual([])

    const longGone = at.page(headers)
    longGone.hello('1-0')
    await until(() => longGone.of('snapshot').length > 0)
    expect(longGone.of('patch')).toEqual([])
  })

  test('that comes back with many others gets its strips, which are made for all at once', async () => {
    const { cookie } = await at.signIn()
    await live('a', 40)
    const { rings } = at.board.projection
    await until(() => rings.of('a').length > 1)
    const pages = Array.from({ length: 10 }, () => at.page({ cookie, origin: at.url }))
    await Promise.all(pages.map((page) => page.opened))
    const made = vi.spyOn(rings, 'ids')
    for (const page of pages) page.hello(at.board.projection.view().seq)
    await until(() => pages.every((page) => page.of('strips').length > 0))
    expect(made.mock.calls.length).toBeLessThan(10)
    expect(pages.flatMap((page) => page.of('snapshot'))).toEqual([])
    expect(pages.flatMap((page) => page.of('patch'))).toHaveLength(10)
  })

  test('that comes back after an entry nobody can read goes on without a gap', async () => {
    const { cookie } = await at.signIn()
    const headers = { cookie, origin: at.url }
    const first = at.page(headers)
    first.hello()
    await until(() => first.of('snapshot').length > 0)
    const { seq } = snapshotFrameSchema.parse(first.of('snapshot')[0])
    first.socket.close()
    const unreadable = await server.client().xadd(namespaceKeys().events, '*', 'e', 'not json')
    await until(() => at.board.projection.view().seq === unreadable)

    const back = at.page(headers)
    back.hello(seq)
    await until(() => back.of('patch').length > 0)
    await live('a')
    await until(() => back.of('patch').length > 1)
    const [told, next] = back.of('patch').map((it) => patchFrameSchema.parse(it))
    expect(told?.toSeq).toBe(unreadable)
    expect(next?.fromSeq).toBe(unreadable)
  })

  test('that says hello again while it waits for the board gets it no more than it asked', async () => {
    const { cookie } = await at.signIn()
    const headers = { cookie, origin: at.url }
    const page = at.page(headers)
    page.hello()
    // Waits for the next frame now, and needs no board any more.
    page.hello()
    page.hello(at.board.projection.view().seq)
    await until(() => page.of('patch').length > 0)
    const before = page.of('snapshot').length
    const other = at.page(headers)
    other.hello()
    await until(() => other.of('snapshot').length > 0)
    const patches = page.of('patch').length
    await live('a')
    await until(() => page.of('patch').length > patches)
    expect(page.of('snapshot')).toHaveLength(before)
  })

  test('of another version is told to load again, and nothing else of the board', async () => {
    const { cookie } = await at.signIn()
    const page = at.page({ cookie, origin: at.url })
    page.socket.emit('hello', { protocolVersion: 999 })
    await until(() => page.of('reload').length > 0)
    expect(page.of('snapshot')).toEqual([])
  })

  test('is told the whole board anew after a gap, without asking', async () => {
    const { cookie } = await at.signIn()
    const page = at.page({ cookie, origin: at.url })
    page.hello()
    await until(() => page.of('snapshot').length === 1)
    await server.flush()
    await live('after')
    await until(() => page.of('snapshot').length > 1)
    await until(() => at.board.projection.view().coordinators.has('after'))
  })

  test('that says what is none of the protocol harms nobody', async () => {
    const { cookie } = await at.signIn()
    const good = at.page({ cookie, origin: at.url })
    good.hello()
    await until(() => good.of('snapshot').length > 0)
    let bad = at.page({ cookie, origin: at.url })
    await bad.opened
    const names = fc.constantFrom(
      'hello',
      'watch',
      'unwatch',
      'snapshot',
      '__proto__',
      'constructor',
      '\r\n',
    )
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.array(fc.anything({ withBigInt: false }), { maxLength: 3 }),
        async (name, args) => {
          if (!bad.socket.connected) {
            bad = at.page({ cookie, origin: at.url })
            await bad.opened
          }
          try {
            bad.socket.emit(name, ...args)
          } catch {
            // Socket.IO's own client refuses some of it.
          }
        },
      ),
      { numRuns: 500 },
    )
    bad.socket.emit('hello', { protocolVersion: 1, lastSeq: 'x'.repeat(100_000) })
    await live('still-there')
    await until(() => good.of('patch').length > 0)
    expect(good.socket.connected).toBe(true)
  })
})

describe('a page that asks for the board again and again', () => {
  test('is cut off, and the others go on', async () => {
    const { cookie } = await at.signIn()
    const good = at.page({ cookie, origin: at.url })
    good.hello()
    await until(() => good.of('snapshot').length > 0)
    const greedy = at.page({ cookie, origin: at.url })
    await greedy.opened
    for (let n = 0; n < 20; n++) greedy.hello()
    await until(() => !greedy.socket.connected)
    await live('afterwards')
    await until(() => good.of('patch').length > 0)
    expect(good.socket.connected).toBe(true)
  })
})

describe('a page that does not read', () => {
  test('is cut off, and the others go on', async () => {
    const { cookie } = await at.signIn()
    const good = at.page({ cookie, origin: at.url })
    good.hello()
    await until(() => good.of('snapshot').length > 0)
    const bad = new WebSocket(
      `${at.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
      {
        headers: { cookie, origin: at.url },
      },
    )
    let ended = false
    bad.on('close', () => {
      ended = true
    })
    bad.on('error', () => {})
    await new Promise((resolve) => bad.once('open', resolve))
    const said: string[] = []
    bad.on('message', (data) => void said.push(String(data).slice(0, 20)))
    bad.send('40')
    await until(() => said.some((it) => it.startsWith('40')))
    bad.send('42["hello",{"protocolVersion":1}]')
    await until(() => said.some((it) => it.startsWith('42["snapshot"')))
    bad.pause()
    // Text that is worth a megabyte a frame: what the kernel keeps for both sides is soon full.
    const redis = server.client()
    const event = JSON.stringify({
      v: 1,
      type: 'coordinator.forgotten',
      at: Date.now(),
      actor: 'system',
      entity: 'coordinator:nobody',
      data: { reason: 'x'.repeat(1000) },
    })
    await until(async () => {
      const pipeline = redis.pipeline()
      for (let i = 0; i < 1000; i++) pipeline.xadd('blocking:events', '*', 'e', event)
      await pipeline.exec()
      return at.realtime.clients() === 1
    })
    expect(good.socket.connected).toBe(true)
    bad.resume()
    await until(() => ended)
    const { seq } = at.board.projection.view()
    await live('afterwards')
    await until(() => good.of('patch').some((it) => patchFrameSchema.parse(it).toSeq > seq))
  })
})

describe('a session that ends', () => {
  test('takes its sockets with it, and leaves the others', async () => {
    const [kim, lee] = [await at.signIn('kim'), await at.signIn('lee')]
    const pages = [kim, kim, lee].map(({ cookie }) => at.page({ cookie, origin: at.url }))
    for (const page of pages) expect(await page.opened).toBe(true)
    await at.auth.revokeSession(kim.session.id)
    await until(() => pages.slice(0, 2).every((page) => !page.socket.connected))
    expect(pages[0]?.of('expired')).toHaveLength(1)
    expect(pages[2]?.socket.connected).toBe(true)
  })

  test('is noticed though nobody told of it', async () => {
    const { cookie, session } = await at.signIn()
    const page = at.page({ cookie, origin: at.url })
    expect(await page.opened).toBe(true)
    await server.client().del(`{signalbox}:session:${session.id}`)
    await until(() => !page.socket.connected)
    expect(page.of('expired')).toHaveLength(1)
  })
})
