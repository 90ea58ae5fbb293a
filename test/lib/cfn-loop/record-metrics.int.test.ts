import { register } from 'prom-client'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { enableMetrics } from '@/lib/observability/prometheus-metrics'
import { type CoreRedis, itRestarts, startCoreRedis } from '@/test/labs/core-redis'
import { until } from '@/test/until'
import { type SignalsHarness, signalsHarness } from './signals-harness'

let server: CoreRedis
let harness: SignalsHarness
let end: () => void

beforeAll(async () => {
  server = await startCoreRedis()
  harness = signalsHarness(server)
})
beforeEach(async () => {
  await server.flush()
  register.resetMetrics()
  end = enableMetrics({ keepGoneMs: 0 })
})
afterEach(async () => {
  await harness.endAll()
  end()
})
afterAll(() => server.stop())

/** `name{labels}` → value. */
async function series(): Promise<Map<string, number>> {
  const lines = (await register.metrics()).split('\n').filter((line) => /^[a-z]/.test(line))
  return new Map(
    lines.map((line) => {
      const [, name = '', value] = /^(\S+) (\S+)$/.exec(line) ?? []
      return [name, Number(value)]
    }),
  )
}

it('a signal and its ACK: how long the sender waited, and how long the signal took', async () => {
  const sender = harness.manager('sender', { swarmId: 'swarm-1' })
  const receiver = harness.manager('receiver', { swarmId: 'swarm-1' })
  const signals = await harness.signals()
  const { messageId } = await signals.sendSignal('sender', 'receiver', 'completion', 1)
  const wait = sender.waitForAcks(['receiver'], messageId, 20_000)
  const signal = await receiver.waitForSignal({ timeoutMs: 20_000 })
  if (!signal) throw new Error('no signal')
  await receiver.acknowledgeSignal(signal)
  await receiver.acknowledgeSignal(signal)
  expect((await wait).size).toBe(1)
  const seen = await series()
  expect(
    seen.get(
      'signal_delivery_latency_seconds_count{sender_id="sender",receiver_id="receiver",signal_type="completion"}',
    ),
  ).toBe(1)
  expect(
    seen.get(
      'blocking_duration_seconds_count{swarm_id="swarm-1",coordinator_id="sender",status="completed"}',
    ),
  ).toBe(1)
})

it('coordinators of this process by status, until they leave; then their series go', async () => {
  const manager = harness.manager('waiter', { swarmId: 'swarm-1', heartbeatInterval: 20 })
  await manager.recordActivity('waiting')
  const stop = new AbortController()
  const wait = manager
    .waitForSignal({ timeoutMs: 60_000, signal: stop.signal })
    .catch((error: unknown) => error)
  const gauge = (status: string) =>
    `blocking_coordinators_total{swarm_id="swarm-1",status="${status}"}`
  await until(async () => (await series()).get(gauge('blocked')) === 1)
  expect((await series()).has(gauge('active'))).toBe(false)
  stop.abort(new Error('enough'))
  await wait
  await until(async () => (await series()).get(gauge('active')) === 1)
  await manager.waitForAcks(['nobody'], 'never-sent', 1)
  expect(
    (await series()).get('timeout_events_total{coordinator_id="waiter",reason="blocking"}'),
  ).toBe(1)
  await manager.cleanup()
  expect([...(await series()).keys()].filter((it) => it.includes('waiter'))).toEqual([])
  expect((await series()).has(gauge('active'))).toBe(false)
})

itRestarts('heartbeats that fail, by reason', async () => {
  const manager = harness.manager('beater', { heartbeatInterval: 20 })
  await manager.recordActivity('working')
  await server.shutdown()
  try {
    const failures = () =>
      series().then(
        (it) =>
          it.get('heartbeat_failures_total{coordinator_id="beater",reason="timeout"}') ??
          it.get('heartbeat_failures_total{coordinator_id="beater",reason="connection"}') ??
          0,
      )
    await until(async () => (await failures()) > 0)
  } finally {
    await server.restart()
  }
})

it('a death is counted by the monitor that claimed it, once', async () => {
  const handlers = Array.from({ length: 3 }, () =>
    harness.handler({ timeoutThreshold: 400, checkInterval: 60 }),
  )
  const heard: boolean[] = []
  for (const handler of handlers) {
    handler.on('coordinator:timeout', ({ claimed }) => heard.push(claimed))
    handler.startMonitoring()
  }
  await handlers[0]?.recordActivity('silent', 0, 'working')
  await until(() => heard.length === 3)
  expect(heard.filter(Boolean)).toHaveLength(1)
  const seen = await series()
  expect(seen.get('timeout_events_total{coordinator_id="silent",reason="heartbeat"}')).toBe(1)
  expect(seen.get('heartbeat_failures_total{coordinator_id="silent",reason="stale"}')).toBe(1)
})
