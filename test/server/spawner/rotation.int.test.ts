import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { escalateCoordinator } from '@/lib/cfn-loop/escalate-coordinator'
import { readServerConfig, type ServerConfig } from '@/lib/config/server-config'
import { signalDetailSchema } from '@/lib/protocol/http'
import { namespaceKeys } from '@/lib/redis/keys'
import { createScriptRunner } from '@/lib/redis/run-script'
import { programOf } from '@/server/spawner/program-of'
import { ADOPTION, Processes } from '@/server/spawner/start-program'
import { startSpawner } from '@/server/spawner/start-spawner'
import { type ControlRoom, openControlRoom, routesByName } from '@/test/app/api/control-room'
import { buildProgram, programsFolder } from '@/test/build-program'
import { startTestRedis, type TestRedis } from '@/test/redis'
import { until } from '../../until'

const A = 'the old secret, of more than thirty-two bytes'
const B = 'the new secret, of more than thirty-two bytes'
const program = path.join(programsFolder, 'one-of-many.mjs')
const api = await routesByName()

let server: TestRedis
let room: ControlRoom
let cookie: string
let signals: BlockingCoordinationSignals
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  await buildProgram(path.join(import.meta.dirname, 'programs/one-of-many.ts'), program)
  server = await startTestRedis()
  room = await openControlRoom(server)
  cookie = await room.signIn('viewer')
  signals = new BlockingCoordinationSignals({ redisHost: server.host, redisPort: server.port })
  await signals.connect()
})
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
afterAll(async () => {
  await signals.disconnect()
  await room.close()
  await server.stop()
})

/** The control room, started again with these secrets. */
function configure(secret: string, second?: string, args: string[] = []): ServerConfig {
  const command = [process.execPath, program, ...args]
  const config = readServerConfig({
    BLOCKING_COORDINATION_SECRET: secret,
    ...(second === undefined ? {} : { BLOCKING_COORDINATION_SECOND_SECRET: second }),
    REDIS_URL: server.url,
    SIGNALBOX_SPAWN: JSON.stringify({ '*': { command } }),
  })
  Object.assign(room.runtime, { config })
  return config
}

/** Starts a coordinator with what a replacement of this control room would be told. */
async function start(coordinatorId: string, config: ServerConfig, args: string[] = []) {
  const processes = new Processes()
  const said: Record<string, unknown>[] = []
  const { env } = programOf(config, 'any') ?? { env: {} }
  const command = [process.execPath, program, ...args]
  const own = { ...env, [ADOPTION.coordinatorId]: coordinatorId }
  await processes.start({ command, env: own }, (line) => {
    if (line.startsWith('{')) said.push(JSON.parse(line))
  })
  const stop = () => processes.stop()
  stops.push(stop)
  await until(() => said.some((it) => 'holds' in it))
  const acknowledged = (id: string) => until(() => said.some((it) => it.acknowledged === id))
  return { stop, acknowledged, holds: said[0]?.holds }
}

/** What the chip of the worker's ACK says. */
async function chip(signalId: string) {
  const response = await api('GET /api/v1/signals/[id]', { cookie, params: { id: signalId } })
  const { acks } = signalDetailSchema.parse(await response.json())
  return acks[0]?.verdict
}

it('the secret can be replaced while all goes on: no ACK is lost, and each chip is true at each step', async () => {
  const send = async (iteration: number) =>
    (await signals.sendSignal('lead', 'worker', 'completion', iteration)).messageId

  // Everybody has A.
  let worker = await start('worker', configure(A))
  const first = await send(1)
  await worker.acknowledged(first)
  expect(await chip(first)).toBe('valid')
  await worker.stop()

  // Both are known everywhere, A signs.
  worker = await start('worker', configure(A, B))
  const second = await send(2)
  await worker.acknowledged(second)
  expect([await chip(first), await chip(second)]).toEqual(['valid', 'valid'])
  await worker.stop()

  // Signers move to B while others, and the control room, still sign with A.
  worker = await start('worker', configure(B, A))
  configure(A, B)
  const third = await send(3)
  await worker.acknowledged(third)
  expect([await chip(first), await chip(second), await chip(third)]).toEqual(Array(3).fill('valid'))
  const all = [first, second, third]
  const lead = await start('lead', configure(A, B), all)
  expect(lead.holds).toEqual([true, true, true])

  // All sign with B; what is started now by the control room still knows A.
  const config = configure(B, A, all)
  expect(await Promise.all(all.map(chip))).toEqual(['valid', 'valid', 'valid'])
  const said: Record<string, unknown>[] = []
  const redis = server.client()
  const spawner = startSpawner({
    redis,
    programOf: (swarmId) => programOf(config, swarmId),
    log: {
      ...room.runtime.log,
      info: (it: { line?: string }) => {
        if (it.line?.startsWith('{')) said.push(JSON.parse(it.line))
      },
    } as typeof room.runtime.log,
  })
  stops.push(() => spawner.close())
  const runner = createScriptRunner(redis, namespaceKeys(), 'operator:ann')
  const { newCoordinatorId } = await escalateCoordinator(runner, {
    coordinatorId: 'lead',
    monitorId: 'm',
    intervalMs: 1000,
    cleanup: true,
    force: true,
    reason: 'a try',
  })
  await until(() => said.length > 0)
  expect(said[0]).toEqual({ holds: [true, true, true] })
  const { messageId: fourth } = await signals.sendSignal(
    'worker',
    newCoordinatorId,
    'completion',
    4,
  )
  await until(() => said.some((it) => it.acknowledged === fourth))
  expect(await chip(fourth)).toBe('valid')

  // A is taken away: what it signed can't be told from a forgery by anybody now, and is not called one.
  configure(B)
  expect(await Promise.all([third, fourth].map(chip))).toEqual(['valid', 'valid'])
  expect(await Promise.all([first, second].map(chip))).toEqual(['unverified', 'unverified'])
  const late = await start('late', configure(B), all)
  expect(late.holds).toEqual([false, false, true])
})
