import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { namespaceKeys } from '@/lib/redis/keys'
import { createServerMetrics, type ServerMetrics } from '@/server/metrics/server-metrics'
import { startTestRedis, type TestRedis } from '../../redis'
import { startProjection } from '../projection/projection-harness'
import { parseExposition } from './exposition-format'

const keys = namespaceKeys()
let server: TestRedis
let board: Awaited<ReturnType<typeof startProjection>>
let metrics: ServerMetrics

beforeAll(async () => {
  server = await startTestRedis()
})
beforeEach(async () => {
  await board?.close()
  metrics?.close()
  await server.flush()
  board = await startProjection(server, keys)
  const { projection } = board
  metrics = createServerMetrics({
    projection,
    redis: server.client(),
    sockets: () => ({ clients: 3, frames: 7 }),
  })
})
afterAll(async () => {
  metrics.close()
  await board.close()
  await server.stop()
})

/** The value of one series, by its text. */
async function value(series: string): Promise<number | undefined> {
  const line = (await metrics.text()).split('\n').find((it) => it.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length + 1))
}

function coordinator(coordinatorId: string, swarmId: string) {
  const hmacSecret = 'a-secret-of-more-than-thirty-two-bytes'
  const redisClient = server.client()
  return new BlockingCoordinationManager({ redisClient, coordinatorId, swarmId, hmacSecret })
}

describe('what Prometheus gets', () => {
  it('is counted by swarm, from the events', async () => {
    const worker = coordinator('worker', 'swarm-a')
    const other = coordinator('other', 'swarm-b')
    await worker.recordActivity('loop-3', 1)
    await other.recordActivity('loop-3', 1)
    const signals = new BlockingCoordinationSignals({
      redisHost: server.host,
      redisPort: server.port,
    })
    await signals.connect()
    for (let i = 0; i < 3; i++) await signals.sendSignal('other', 'worker', 'completion', i)
    const signal = await worker.waitForSignal({ timeoutMs: 5000 })
    if (!signal) throw new Error('no signal')
    await worker.acknowledgeSignal(signal)

    const latency = 'signalbox_signal_ack_latency_seconds_count{swarm_id="swarm-a"}'
    await expect.poll(() => value(latency)).toBe(1)
    const sent = 'signalbox_signals_sent_total{swarm_id="swarm-b",signal_type="completion"}'
    expect(await value(sent)).toBe(3)
    expect(await value('signalbox_pending_acks{swarm_id="swarm-a"}')).toBe(2)
    expect(await value('signalbox_coordinators{swarm_id="swarm-a",status="active"}')).toBe(1)
    expect(await value('signalbox_events_total{type="signal.sent"}')).toBe(3)

    // As Prometheus reads it, to the letter.
    const series = parseExposition(await metrics.text())
    expect(series.get(sent)).toBe(3)
    expect(series.get(latency)).toBe(1)

    await worker.cleanup()
    const stopped = 'signalbox_coordinators{swarm_id="swarm-a",status="stopped"}'
    await expect.poll(() => value(stopped)).toBe(1)
    // What is not so any more has no series.
    const active = 'signalbox_coordinators{swarm_id="swarm-a",status="active"}'
    expect(await value(active)).toBeUndefined()
    await other.cleanup()
    await signals.disconnect()
  })

  it('tells how the server is', async () => {
    expect(await value('signalbox_redis_up')).toBe(1)
    expect(await value('signalbox_socket_clients')).toBe(3)
    expect(await value('signalbox_socket_frames_total')).toBe(7)
    expect(await value('signalbox_socket_frames_total')).toBe(7)
    expect(await value('signalbox_breakers{state="open"}')).toBe(0)
    expect(await value('process_resident_memory_bytes')).toBeGreaterThan(0)
    expect(await value('signalbox_last_sweep_timestamp_seconds')).toBeNaN()
  })

  it('stays small, however many swarms there are', async () => {
    const redis = server.client()
    const pipeline = redis.pipeline()
    for (let i = 0; i < 300; i++) {
      const decided = JSON.stringify({
        ...{
          decision: 'proceed',
          average: 1,
          min: 1,
          missing: [],
          recommendations: [],
          issues: [],
        },
        ...{ by: 'system', key: `swarm-${i}:2:run:1` },
      })
      const entry = `{"v":1,"type":"consensus.decided","at":1,"actor":"system","entity":"consensus:x","data":${decided}}`
      pipeline.xadd(keys.events, '*', 'e', entry)
    }
    await pipeline.exec()
    const all = 'signalbox_events_total{type="consensus.decided"}'
    await expect.poll(() => value(all)).toBe(300)
    const text = await metrics.text()
    const lines = text
      .split('\n')
      .filter((it) => it.startsWith('signalbox_consensus_decisions_total{'))
    expect(lines.length).toBeLessThanOrEqual(101)
    expect(
      await value('signalbox_consensus_decisions_total{swarm_id="other",decision="proceed"}'),
    ).toBe(200)
  })
})
