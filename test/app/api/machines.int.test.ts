import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { signalDetailSchema } from '@/lib/protocol/http'
import {
  type RemoteRegistered,
  receivedSchema,
  remoteRegisteredSchema,
} from '@/lib/protocol/machines'
import type { MachineScope } from '@/lib/protocol/settings'
import { signalAckSchema } from '@/lib/protocol/signal'
import { startTestRedis, type TestRedis } from '@/test/redis'
import { until } from '@/test/until'
import { type Call, type ControlRoom, openControlRoom, routesByName, SECRET } from './control-room'
import { claimOfEscalation } from './escalate-with-claim'

const api = await routesByName()
const at = '/api/v1/coordinators/[id]'

let server: TestRedis
let room: ControlRoom
let signals: BlockingCoordinationSignals
let bearer: string
const managers: BlockingCoordinationManager[] = []

const token = async (scope: MachineScope) =>
  (await room.runtime.auth.createMachineToken({ name: 'ci', scope, by: 'test' })).token

beforeAll(async () => {
  server = await startTestRedis()
})
beforeEach(async () => {
  await room?.close()
  await server.flush()
  room = await openControlRoom(server)
  bearer = await token({ kind: 'swarm', id: 'swarm-a', acts: true })
  signals = new BlockingCoordinationSignals({ redisHost: server.host, redisPort: server.port })
  await signals.connect()
})
afterEach(async () => {
  await Promise.all(managers.splice(0).map((it) => it.cleanup()))
  await signals.disconnect()
})
afterAll(async () => {
  await room.close()
  await server.stop()
})

/** As a program does: no cookie, no origin, none of our headers. */
const send = (name: string, id: string, body: unknown, more: Call = {}) =>
  api(name, { bearer, origin: null, csrf: false, params: { id }, body, ...more })
const post = (what: string, id: string, body: unknown, more: Call = {}) =>
  send(`POST ${at}/${what}`, id, body, more)

async function register(id: string, body: object = {}, more: Call = {}): Promise<RemoteRegistered> {
  const response = await post('registration', id, body, more)
  expect(response.status).toBe(200)
  return remoteRegisteredSchema.parse(await response.json())
}
const who = ({ epoch, instance }: RemoteRegistered) => ({ epoch, instance })
const liveness = (id: string) => room.redis.hget(room.runtime.keys.coordinator(id), 'liveness')

function manager(coordinatorId: string, options: { hmacSecret?: string } = {}) {
  const it = new BlockingCoordinationManager({
    redisClient: server.client(),
    coordinatorId,
    swarmId: 'swarm-a',
    hmacSecret: SECRET,
    ...options,
  })
  managers.push(it)
  return it
}

describe('a coordinator that comes by HTTP', () => {
  it('takes part without Redis and without the secret; its ACKs hold, and say who signed', async () => {
    const me = await register('remote', { phase: 'loop-3', thresholdMs: 20_000 })
    expect(me).toMatchObject({ swarmId: 'swarm-a', starting: false, thresholdMs: 20_000 })
    const lead = manager('lead')
    const { messageId } = await signals.sendSignal('lead', 'remote', 'completion', 3, { n: 1 })

    const received = await post('inbox', 'remote', { ...who(me), waitMs: 5000 })
    const inbox = receivedSchema.parse(await received.json())
    expect(inbox.signals).toMatchObject([{ signalId: messageId, payload: { n: 1 } }])

    const waiting = lead.waitForAcks(['remote'], messageId, 10_000)
    const answer = await post('acks', 'remote', { ...who(me), signalId: messageId })
    const ack = signalAckSchema.parse(await answer.json())
    expect(ack).toMatchObject({ coordinatorId: 'remote', source: 'lead', iteration: 3 })
    expect(ack.metadata?.signedBy).toBe('server')
    expect((await waiting).get('remote')).toEqual(ack)
    // The mark is under the MAC: without it, it is another ACK.
    const { signedBy: _, ...metadata } = ack.metadata ?? {}
    expect([lead.verifyAck(ack), lead.verifyAck({ ...ack, metadata })]).toEqual([true, false])

    const again = await post('acks', 'remote', { ...who(me), signalId: messageId })
    expect(await again.json()).toEqual(ack)
    const cookie = await room.signIn('viewer')
    const shown = await api('GET /api/v1/signals/[id]', { cookie, params: { id: messageId } })
    const detail = signalDetailSchema.parse(await shown.json())
    expect(detail.acks).toMatchObject([{ verdict: 'valid', metadata: { signedBy: 'server' } }])
  })

  it('beats, says what it does, completes, and leaves in grace', async () => {
    const me = await register('remote')
    const beaten = await (await post('beats', 'remote', who(me))).json()
    expect(beaten).toMatchObject({ thresholdMs: me.thresholdMs })
    await post('beats', 'remote', { ...who(me), phase: 'loop-2', iteration: 4, action: 'builds' })
    const record = await room.redis.hgetall(room.runtime.keys.coordinator('remote'))
    expect(record).toMatchObject({ phase: 'loop-2', iteration: '4', actionWhat: 'builds' })

    const { messageId } = await signals.sendSignal('lead', 'remote', 'completion', 1)
    const complete = () =>
      post('completions', 'remote', { ...who(me), signalId: messageId, result: { ok: true } })
    expect(await (await complete()).json()).toEqual({ completed: false })
    await post('acks', 'remote', { ...who(me), signalId: messageId, trackCompletion: true })
    expect(await (await complete()).json()).toEqual({ completed: true })

    expect((await send(`DELETE ${at}/registration`, 'remote', who(me))).status).toBe(200)
    expect(await liveness('remote')).toBe('stopped')
    const late = await post('beats', 'remote', who(me))
    expect(late.status).toBe(409)
    expect((await late.json()).hint).toContain('Register again')
  })

  it('is given what comes while it waits, at once, and is shown as waiting', async () => {
    const me = await register('remote')
    const began = post('inbox', 'remote', { ...who(me), waitMs: 25_000 })
    const waits = async () =>
      (await room.redis.hgetall(room.runtime.keys.coordinator('remote'))).waits ?? ''
    await until(async () => {
      await room.refresh()
      return room.runtime.board.view().coordinators.get('remote')?.waits.length === 1
    })
    const { messageId } = await signals.sendSignal('lead', 'remote', 'retry', 1)
    const { signals: got } = receivedSchema.parse(await (await began).json())
    expect(got.map((it) => it.signalId)).toEqual([messageId])
    expect(await waits()).not.toContain('"kind":"signal"')
    const types = ['completion']
    const none = await post('inbox', 'remote', { ...who(me), types })
    expect(receivedSchema.parse(await none.json()).signals).toEqual([])
  })

  it('is given nothing once its token is revoked, also where it waits already', async () => {
    const scope = { kind: 'coordinator', id: 'remote', acts: true } as const
    const own = await room.runtime.auth.createMachineToken({ name: 'own', scope, by: 'test' })
    const me = await register('remote')
    const began = post('inbox', 'remote', { ...who(me), waitMs: 25_000 }, { bearer: own.token })
    await until(async () => {
      await room.refresh()
      return room.runtime.board.view().coordinators.get('remote')?.waits.length === 1
    })
    await room.runtime.auth.revokeMachineToken(own.id)
    const { messageId } = await signals.sendSignal('lead', 'remote', 'retry', 1)
    expect((await began).status).toBe(401)
    const { signals: left } = receivedSchema.parse(
      await (await post('inbox', 'remote', who(me))).json(),
    )
    expect(left.map((it) => it.signalId)).toEqual([messageId])
  })

  it('waits no longer than half its threshold: nobody beats for it meanwhile', async () => {
    const me = await register('remote', { thresholdMs: 400 })
    const response = await post('inbox', 'remote', { ...who(me), waitMs: 25_000 })
    expect(receivedSchema.parse(await response.json()).signals).toEqual([])
  })

  it('is the same registration when it is asked for again, and mends a lost record', async () => {
    const instance = 'an-instance-of-mine'
    const first = await register('remote', { instance })
    expect(await register('remote', { instance })).toMatchObject(who(first))
    await room.redis.del(room.runtime.keys.coordinator('remote'))
    expect((await post('beats', 'remote', who(first))).status).toBe(409)
    const again = await register('remote', who(first))
    expect(again.epoch).toBeGreaterThan(first.epoch)
    expect((await post('beats', 'remote', who(again))).status).toBe(200)
  })

  it('is refused, and counted, once somebody else holds its id', async () => {
    const me = await register('remote')
    await manager('remote').recordActivity('loop-3', 1)
    const { messageId } = await signals.sendSignal('lead', 'remote', 'completion', 1)
    const calls: [string, object][] = [
      ['beats', {}],
      ['inbox', {}],
      ['acks', { signalId: messageId }],
      ['completions', { signalId: messageId }],
    ]
    for (const [what, more] of calls) {
      const response = await post(what, 'remote', { ...who(me), ...more })
      expect([what, response.status]).toEqual([what, 409])
    }
    const refused = await room.redis.hget(room.runtime.keys.coordinator('remote'), 'refused')
    expect(Number(refused)).toBe(calls.length)
  })
})

describe('a replacement that is waited for', () => {
  it('is taken up with its claim only, and only once', async () => {
    await manager('worker').recordActivity('loop-3', 7)
    const { id, claim } = await claimOfEscalation(room, 'worker')
    expect((await post('registration', id, {})).status).toBe(403)
    expect((await post('registration', id, { claim: 'a guess' })).status).toBe(403)
    expect(await liveness(id)).toBe('starting')
    const me = await register(id, { claim })
    expect(me).toMatchObject({ starting: true, iteration: 7, phase: 'loop-3' })
    expect((await post('registration', id, { claim })).status).toBe(403)
    expect((await post('beats', id, who(me))).status).toBe(200)
    expect(await liveness(id)).toBe('active')
  })
})

describe('a machine token', () => {
  it('that only reads takes no part', async () => {
    const reading = await token({ kind: 'swarm', id: 'swarm-a' })
    const response = await post('registration', 'remote', {}, { bearer: reading })
    expect(response.status).toBe(403)
    expect(await liveness('remote')).toBeNull()
  })

  it('opens its own coordinator, or those of its own swarm, and no other', async () => {
    const other = await token({ kind: 'swarm', id: 'swarm-b', acts: true })
    const one = await token({ kind: 'coordinator', id: 'remote', acts: true })
    const me = await register('remote')
    const { messageId } = await signals.sendSignal('lead', 'remote', 'completion', 1)
    for (const foreign of [other, await token({ kind: 'coordinator', id: 'else', acts: true })]) {
      const as = { bearer: foreign }
      const body = { ...who(me), signalId: messageId }
      expect((await post('acks', 'remote', body, as)).status).toBe(403)
      expect((await post('inbox', 'remote', who(me), as)).status).toBe(403)
      expect((await post('beats', 'remote', who(me), as)).status).toBe(403)
      expect([403, 422]).toContain((await post('registration', 'remote', {}, as)).status)
    }
    expect((await post('beats', 'remote', who(me), { bearer: one })).status).toBe(200)
    expect(await room.redis.hget(room.runtime.keys.coordinator('remote'), 'instance')).toBe(
      me.instance,
    )
    const record = await room.redis.hgetall(room.runtime.keys.coordinator('remote'))
    expect(record.refused).toBeUndefined()
  })

  it('acknowledges nothing that was not sent to it', async () => {
    const me = await register('remote')
    await manager('lead').recordActivity('loop-3', 1)
    const { messageId } = await signals.sendSignal('remote', 'lead', 'completion', 1)
    expect((await post('acks', 'remote', { ...who(me), signalId: messageId })).status).toBe(422)
    const made = { ...who(me), signalId: 'made-up' }
    expect((await post('acks', 'remote', made)).status).toBe(409)
    expect(await room.redis.exists(room.runtime.keys.signalRecord('made-up'))).toBe(0)
  })

  it('has a limit of its own', async () => {
    await room.close()
    const limits = { machineCalls: { most: 5, windowMs: 60_000 } }
    room = await openControlRoom(server, { limits })
    const me = await register('remote')
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post('beats', 'remote', who(me))),
    )
    expect(answers.map((it) => it.status).sort()).toEqual([200, 200, 200, 200, 429, 429])
    // Reading is not counted with it, and another token has its own.
    const as = { bearer: await token({ kind: 'swarm', id: 'swarm-a', acts: true }) }
    expect((await post('beats', 'remote', who(me), as)).status).toBe(200)
  })
})
