import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readSessionCookie } from '@/lib/auth/session-cookie'
import { signAck } from '@/lib/cfn-loop/ack-mac'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { createKeyRing } from '@/lib/cfn-loop/key-ring'
import {
  coordinatorDetailSchema,
  coordinatorListSchema,
  eventPageSchema,
  signalDetailSchema,
  signalListSchema,
  swarmListSchema,
} from '@/lib/protocol/http'
import { namespaceKeys } from '@/lib/redis/keys'
import { eventConcerns } from '@/lib/view/event-concerns'
import { startTestRedis, type TestRedis } from '@/test/redis'
import { type Call, type ControlRoom, openControlRoom, routesByName, SECRET } from './control-room'

const api = await routesByName()
const keys = namespaceKeys()

let server: TestRedis
let room: ControlRoom
let cookie: string
const managers: BlockingCoordinationManager[] = []

beforeAll(async () => {
  server = await startTestRedis()
})
beforeEach(async () => {
  await room?.close()
  await server.flush()
  room = await openControlRoom(server)
  cookie = await room.signIn('viewer')
})
afterEach(async () => {
  await Promise.all(managers.splice(0).map((it) => it.cleanup()))
})
afterAll(async () => {
  await room.close()
  await server.stop()
})

async function coordinator(coordinatorId: string, swarmId = 'swarm-a') {
  const redisClient = server.client()
  const manager = new BlockingCoordinationManager({
    redisClient,
    coordinatorId,
    swarmId,
    hmacSecret: SECRET,
  })
  managers.push(manager)
  await manager.recordActivity('loop-3', 1)
  return manager
}

async function signals() {
  const it = new BlockingCoordinationSignals({ redisHost: server.host, redisPort: server.port })
  await it.connect()
  return it
}

const detailOf = async (id: string, as = cookie) => {
  const response = await api('GET /api/v1/coordinators/[id]', { cookie: as, params: { id } })
  return coordinatorDetailSchema.parse(await response.json())
}

describe('a coordinator in detail', () => {
  it('tells who waits for it, what would move, and which ACKs hold when they are checked again', async () => {
    const parent = await coordinator('parent')
    const worker = await coordinator('worker')
    await worker.storeWorkItem('item-1', { file: 'a.ts' })
    const sender = await signals()
    const { messageId } = await sender.sendSignal('parent', 'worker', 'completion', 1, { n: 1 })
    const signal = await worker.waitForSignal({ timeoutMs: 5000 })
    if (!signal) throw new Error('no signal')
    await worker.acknowledgeSignal(signal)
    const pending = await sender.sendSignal('parent', 'worker', 'status_update', 1)
    const waiting = parent.waitForAcks(['worker'], pending.messageId, 20_000)
    await expect
      .poll(async () => {
        await room.refresh()
        return room.runtime.board.view().coordinators.get('parent')?.waits.length
      })
      .toBe(1)

    const detail = await detailOf('worker')
    expect(detail.blastRadius).toEqual({
      signals: [pending.messageId],
      workItems: ['item-1'],
      waiters: ['parent'],
      alive: true,
    })
    expect(detail.work).toMatchObject([{ workId: 'item-1', data: { file: 'a.ts' } }])
    expect(detail.signalsIn.map((it) => it.signalId).sort()).toEqual(
      [messageId, pending.messageId].sort(),
    )
    expect(detail.acks).toMatchObject([
      { signalId: messageId, target: 'worker', direction: 'given', verdict: 'valid' },
    ])
    expect((await detailOf('parent')).acks).toMatchObject([
      { signalId: messageId, direction: 'received', verdict: 'valid' },
    ])
    expect(detail.events.at(0)?.type).toBe('coordinator.registered')
    const next = await worker.waitForSignal({ timeoutMs: 5000 })
    if (next) await worker.acknowledgeSignal(next)
    await waiting
    await sender.disconnect()
  })

  it('tells what was answered, however much is still pending', async () => {
    await coordinator('parent')
    const worker = await coordinator('worker')
    const sender = await signals()
    const { messageId } = await sender.sendSignal('parent', 'worker', 'completion', 1)
    const signal = await worker.waitForSignal({ timeoutMs: 5000 })
    if (!signal) throw new Error('no signal')
    await worker.acknowledgeSignal(signal)
    const sent: string[] = []
    for (let it = 0; it < 110; it++)
      sent.push((await sender.sendSignal('parent', 'worker', 'retry', it)).messageId)
    await room.refresh()
    const detail = await detailOf('worker')
    expect(detail.blastRadius.signals).toHaveLength(110)
    expect(detail.acks).toMatchObject([{ signalId: messageId, direction: 'given' }])
    expect(detail.signalsIn).toHaveLength(50)
    // Many are of one millisecond, in which none is the latest.
    expect(sent.slice(-50)).toContain(detail.signalsIn[0]?.signalId)
    await sender.disconnect()
  })

  it('does not believe an ACK that somebody put into the record', async () => {
    await coordinator('parent')
    const worker = await coordinator('worker')
    const sender = await signals()
    const { messageId } = await sender.sendSignal('parent', 'worker', 'completion', 1)
    const signal = await worker.waitForSignal({ timeoutMs: 5000 })
    if (!signal) throw new Error('no signal')
    const ack = await worker.acknowledgeSignal(signal)
    const record = keys.signalRecord(messageId)
    const stored = JSON.parse((await room.redis.hget(record, 'a:worker')) ?? '')
    const forged = createHmac('sha256', 'another secret').update('x').digest('hex')
    const other = await sender.sendSignal('parent', 'worker', 'error', 1)
    const next = await worker.waitForSignal({ timeoutMs: 5000 })
    if (!next) throw new Error('no second signal')
    const ofOther = await worker.acknowledgeSignal(next)
    const ring = createKeyRing('another secret of more than thirty-two bytes')
    const fakes = {
      replayed: { ...stored, ack: ofOther },
      foreign: { ...stored, by: 'somebody' },
      unverified: { ...stored, ack: signAck(ack, ring) },
      forged: { ...stored, ack: { ...ack, mac: forged } },
      wrong_epoch: { ...stored, epoch: stored.epoch + 1 },
      malformed: { ...stored, ack: 'no ack' },
    }
    await room.refresh()
    const verdictOf = async (signalId: string) =>
      (await detailOf('worker')).acks.filter((it) => it.signalId === signalId)
    for (const [verdict, fake] of Object.entries(fakes)) {
      await room.redis.hset(record, 'a:worker', JSON.stringify(fake))
      expect((await verdictOf(messageId)).map((it) => it.verdict)).toEqual([verdict])
      expect((await verdictOf(other.messageId)).map((it) => it.verdict)).toEqual(['valid'])
      const params = { id: messageId }
      const answer = await api('GET /api/v1/signals/[id]', { cookie, params })
      const detail = signalDetailSchema.parse(await answer.json())
      expect(detail.signal.targets[0]?.verdict).toBe(verdict)
    }
    await sender.disconnect()
  })

  it('tells of an ACK that came too late, and of a bad one only once', async () => {
    const parent = await coordinator('parent')
    const worker = await coordinator('worker')
    const sender = await signals()
    const verdicts = async (id: string, signalId: string) => {
      await room.refresh()
      return (await detailOf(id)).acks
        .filter((it) => it.signalId === signalId)
        .map((it) => [it.direction, it.verdict])
    }
    const cancelled = (await sender.sendSignal('parent', 'worker', 'error', 1)).messageId
    const signal = await worker.waitForSignal({ timeoutMs: 5000 })
    await sender.cancelSignal(cancelled)
    if (signal) await expect(worker.acknowledgeSignal(signal)).rejects.toThrow(/cancelled/)
    expect(await verdicts('worker', cancelled)).toEqual([['given', 'late']])
    expect(await verdicts('parent', cancelled)).toEqual([['received', 'late']])
    const answer = await api('GET /api/v1/signals/[id]', { cookie, params: { id: cancelled } })
    expect(signalDetailSchema.parse(await answer.json()).signal.targets).toMatchObject([
      { state: 'cancelled', verdict: 'late', rejected: 1 },
    ])

    // A waiter finds a forged one, and says so in the log: it is still the same one.
    const answered = (await sender.sendSignal('parent', 'worker', 'error', 2)).messageId
    const next = await worker.waitForSignal({ timeoutMs: 5000 })
    if (next) await worker.acknowledgeSignal(next)
    const record = keys.signalRecord(answered)
    const stored = JSON.parse((await room.redis.hget(record, 'a:worker')) ?? '')
    stored.ack.mac = createHmac('sha256', 'another secret').update('x').digest('hex')
    await room.redis.hset(record, 'a:worker', JSON.stringify(stored))
    expect((await parent.waitForAcks(['worker'], answered, 50)).size).toBe(0)
    await expect
      .poll(async () => (await detailOf('worker')).events.map((it) => it.type))
      .toContain('ack.rejected')
    expect(await verdicts('worker', answered)).toEqual([['given', 'forged']])
    await sender.disconnect()
  })

  it('that is not there is a 404', async () => {
    const response = await api('GET /api/v1/coordinators/[id]', {
      cookie,
      params: { id: 'nobody' },
    })
    expect(response.status).toBe(404)
    const strange = await api('GET /api/v1/coordinators/[id]', {
      cookie,
      params: { id: 'a b\r\n' },
    })
    expect(strange.status).toBe(404)
  })
})

describe('signals', () => {
  it('are paged, newest first, each once, and filtered', async () => {
    await coordinator('parent')
    await coordinator('worker')
    const sender = await signals()
    const sent: string[] = []
    // Many within one millisecond, so that pages end between equal times.
    await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        const type = i % 3 === 0 ? 'error' : 'completion'
        const { messageId } = await sender.sendSignal('parent', 'worker', type, i)
        sent.push(messageId)
      }),
    )
    const seen: string[] = []
    let after: string | undefined
    do {
      const query = `?limit=7${after ? `&after=${encodeURIComponent(after)}` : ''}`
      const page = signalListSchema.parse(
        await (await api('GET /api/v1/signals', { cookie, query })).json(),
      )
      seen.push(...page.signals.map((it) => it.signalId))
      after = page.next
    } while (after)
    expect(seen).toHaveLength(60)
    expect([...seen].sort()).toEqual([...sent].sort())

    const query = '?type=error&state=pending&target=worker&limit=500'
    const errors = signalListSchema.parse(
      await (await api('GET /api/v1/signals', { cookie, query })).json(),
    )
    expect(errors.signals).toHaveLength(20)
    const none = await api('GET /api/v1/signals', { cookie, query: '?state=acked' })
    expect(await none.json()).toEqual({ signals: [] })
    await sender.disconnect()
  })

  it('with colons and a star in their name are found, escaped or not', async () => {
    await coordinator('worker-a')
    await coordinator('worker-b')
    const body = { targets: ['worker-a', 'worker-b'], type: 'error', payload: { why: 'x' } }
    const operator = await room.signIn('operator')
    const sent = await (await api('POST /api/v1/signals', { cookie: operator, body })).json()
    for (const id of [sent.signalId, encodeURIComponent(sent.signalId)]) {
      const response = await api('GET /api/v1/signals/[id]', { cookie, params: { id } })
      expect(signalDetailSchema.parse(await response.json())).toMatchObject({
        signal: { sentBy: 'the-operator' },
        payload: { why: 'x' },
        acks: [],
      })
    }
  })
})

describe('the log', () => {
  const page = async (query: string) =>
    eventPageSchema.parse(await (await api('GET /api/v1/events', { cookie, query })).json())

  it('is read forwards and backwards without a gap', async () => {
    const worker = await coordinator('worker')
    for (let i = 0; i < 25; i++) await worker.recordActivity('loop-3', i + 2)
    const all = (await page('?limit=1000')).events.map((it) => it.seq)
    expect(all.length).toBeGreaterThanOrEqual(26)

    const forwards: string[] = []
    for (let after = '0-0'; ; ) {
      const { events, next } = await page(`?after=${after}&limit=7`)
      forwards.push(...events.map((it) => it.seq))
      if (!next || events.length === 0) break
      after = next
    }
    expect(forwards).toEqual(all)

    const backwards: string[] = []
    for (let before = ''; ; ) {
      const { events, previous } = await page(`?limit=7${before && `&before=${before}`}`)
      backwards.unshift(...events.map((it) => it.seq))
      if (!previous) break
      before = previous
    }
    expect(backwards).toEqual(all)
  })

  it('is filtered by type, family, coordinator, actor and text', async () => {
    const worker = await coordinator('worker')
    await coordinator('worker-2')
    await worker.storeWorkItem('item-1', 1)
    const types = async (query: string) => [
      ...new Set((await page(query)).events.map((it) => it.type)),
    ]
    expect(await types('?type=work.stored')).toEqual(['work.stored'])
    expect(await types('?type=work.*')).toEqual(['work.stored'])
    expect(await types('?type=work.stored,coordinator.registered')).toHaveLength(2)
    expect(await types('?q=item-1')).toEqual(['work.stored'])
    const ofWorker = (await page('?coordinator=worker')).events
    expect(ofWorker.length).toBeGreaterThan(2)
    expect(ofWorker.every((it) => eventConcerns(it, 'worker'))).toBe(true)
    expect((await page('?actor=worker-2')).events.length).toBeGreaterThan(0)
    const by = async (query: string) => [
      ...new Set((await page(query)).events.map((it) => it.actor)),
    ]
    expect((await by('?actor=coordinator:')).sort()).toEqual(['worker', 'worker-2'])
    const operator = await room.signIn('operator')
    const body = { targets: ['worker'], type: 'error', payload: {} }
    const sent = await (await api('POST /api/v1/signals', { cookie: operator, body })).json()
    await api('DELETE /api/v1/signals/[id]', {
      cookie: operator,
      params: { id: sent.signalId },
      body: { reason: 'See Runbooks/Redis' },
    })
    // As the page itself looks for it among what comes live.
    for (const text of ['See Runbooks/Redis', 'see RUNBOOKS/redis'])
      expect(await types(`?q=${encodeURIComponent(text)}`)).toEqual([
        'signal.cancelled',
        'operator.acted',
      ])
    expect(await by('?actor=operator:')).toEqual(['operator:the-operator'])
    expect(await by('?actor=operator:the-operator')).toEqual(['operator:the-operator'])
    expect(await by('?actor=operator:nobody')).toEqual([])
    expect((await api('GET /api/v1/events', { cookie, query: '?actor=nobody:' })).status).toBe(400)
    expect((await api('GET /api/v1/events', { cookie, query: '?type=nonsense' })).status).toBe(400)
    expect((await api('GET /api/v1/events', { cookie, query: '?after=x' })).status).toBe(400)
  })

  it('is exported whole, as JSON lines and as CSV that no spreadsheet runs', async () => {
    const worker = await coordinator('worker')
    await worker.recordActivity('=cmd|"/c calc"!A1', 2)
    const lines = await api('GET /api/v1/events', { cookie, query: '?format=jsonl' })
    expect(lines.headers.get('content-disposition')).toBe(
      'attachment; filename="signalbox-events.jsonl"',
    )
    const events = (await lines.text())
      .trim()
      .split('\n')
      .map((it) => JSON.parse(it))
    expect(events.map((it) => it.seq)).toEqual(
      (await page('?limit=1000')).events.map((it) => it.seq),
    )

    const csv = await (await api('GET /api/v1/events', { cookie, query: '?format=csv' })).text()
    const rows = csv.trim().split('\r\n')
    expect(rows[0]).toBe('seq,at,type,actor,entity,data')
    expect(rows).toHaveLength(events.length + 1)
  })
})

describe('a long export', () => {
  const PAGES = 5

  async function begin(more: Call = {}) {
    const event = JSON.stringify({
      v: 1,
      type: 'coordinator.forgotten',
      at: 1,
      actor: 'system',
      entity: 'coordinator:nobody',
      data: {},
    })
    const pipeline = room.redis.pipeline()
    for (let n = 0; n < PAGES * 1000; n++) pipeline.xadd(keys.events, '*', 'e', event)
    await pipeline.exec()
    const answer = await api('GET /api/v1/events', { cookie, query: '?format=jsonl', ...more })
    const reader = answer.body?.getReader() ?? expect.fail()
    await reader.read()
    return async () => {
      let pages = 1
      while (!(await reader.read()).done) pages++
      return pages
    }
  }

  it('breaks off where the session ends that asked for it', async () => {
    const toItsEnd = await begin()
    await room.runtime.auth.signOut(readSessionCookie(cookie, false) ?? '')
    await expect(toItsEnd()).rejects.toThrow('the session has ended')
  })

  it('reads one page at a time, however many run: the board comes first', async () => {
    const { redis } = room.runtime
    const read = redis.xrange.bind(redis) as (...asked: unknown[]) => Promise<unknown>
    let [inside, most] = [0, 0]
    const watched = vi.spyOn(redis, 'xrange').mockImplementation(((...asked: unknown[]) => {
      most = Math.max(most, ++inside)
      return read(...asked).finally(() => inside--)
    }) as typeof redis.xrange)
    const exports = await Promise.all([begin(), begin(), begin()])
    const pages = await Promise.all(exports.map((toItsEnd) => toItsEnd()))
    watched.mockRestore()
    for (const count of pages) expect(count).toBeGreaterThanOrEqual(PAGES)
    expect(most).toBe(1)
  })

  it('reads no further for somebody who went away', async () => {
    const page = new AbortController()
    const toItsEnd = await begin({ signal: page.signal })
    page.abort()
    expect(await toItsEnd()).toBeLessThan(PAGES)
  })
})

describe('a machine', () => {
  it('sees what its token is for, and nothing else', async () => {
    await coordinator('a-1', 'swarm-a')
    await coordinator('b-1', 'swarm-b')
    const sender = await signals()
    await sender.sendSignal('a-1', 'a-2', 'completion', 1)
    await sender.sendSignal('b-1', 'b-2', 'completion', 1)
    await room.refresh()
    const scope = { kind: 'swarm', id: 'swarm-a' } as const
    const { token: bearer } = await room.runtime.auth.createMachineToken({
      name: 'ci',
      scope,
      by: 't',
    })
    const list = coordinatorListSchema.parse(
      await (await api('GET /api/v1/coordinators', { bearer })).json(),
    )
    expect(list.coordinators.map((it) => it.id)).toEqual(['a-1'])
    const swarms = swarmListSchema.parse(await (await api('GET /api/v1/swarms', { bearer })).json())
    expect(swarms.swarms).toEqual([{ swarmId: 'swarm-a', coordinators: 1 }])
    const sent = signalListSchema.parse(await (await api('GET /api/v1/signals', { bearer })).json())
    expect(sent.signals.map((it) => it.source)).toEqual(['a-1'])
    const detail = (id: string) => api('GET /api/v1/coordinators/[id]', { bearer, params: { id } })
    expect((await detail('a-1')).status).toBe(200)
    expect((await detail('b-1')).status).toBe(404)
    expect((await api('GET /api/v1/events', { bearer })).status).toBe(403)
    expect((await api('GET /api/v1/events', { bearer, query: '?coordinator=a-1' })).status).toBe(
      200,
    )
    expect((await api('GET /api/v1/events', { bearer, query: '?coordinator=b-1' })).status).toBe(
      403,
    )
    await sender.disconnect()
  })
})

it('says that Redis is gone, and not that something is wrong with who asks', async () => {
  const operator = await room.signIn('operator')
  room.redis.disconnect()
  for (const name of ['GET /api/v1/session', 'GET /api/v1/signals', 'GET /api/v1/audit']) {
    const response = await api(name, { cookie: operator })
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ hint: expect.stringContaining('Try again') })
  }
  expect((await api('GET /health', {})).status).toBe(200)
})
