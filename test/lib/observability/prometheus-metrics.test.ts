import { Gauge, register } from 'prom-client'
import { afterEach, describe, expect, it } from 'vitest'
import { metricsRecorder } from '@/lib/observability/metrics-recorder'
import {
  blockingCoordinatorsTotal,
  blockingDurationSeconds,
  enableMetrics,
  heartbeatFailuresTotal,
  signalDeliveryLatencySeconds,
  timeoutEventsTotal,
} from '@/lib/observability/prometheus-metrics'

const metrics = [
  blockingDurationSeconds,
  signalDeliveryLatencySeconds,
  heartbeatFailuresTotal,
  timeoutEventsTotal,
  blockingCoordinatorsTotal,
]
afterEach(() => {
  for (const metric of metrics) metric.reset()
})

const lines = async (name: string) =>
  (await register.getSingleMetricAsString(name))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
const seriesOf = async (name: string) => {
  const all = await lines(name)
  const counts = all.filter((line) => line.startsWith(`${name}_count`))
  return counts.length > 0 ? counts : all
}

describe('the metrics', () => {
  it('are in the default registry under their names, apart from the gauge', async () => {
    const names = (await register.getMetricsAsJSON()).map((it) => it.name)
    expect(names.slice(0, 4)).toEqual([
      'blocking_duration_seconds',
      'signal_delivery_latency_seconds',
      'heartbeat_failures_total',
      'timeout_events_total',
    ])
    expect(names).not.toContain('blocking_coordinators_total')
    expect(blockingCoordinatorsTotal).toBeInstanceOf(Gauge)
  })

  it('print what they are', async () => {
    blockingDurationSeconds.labels('swarm-1', 'coordinator-1', 'completed').observe(0.123)
    signalDeliveryLatencySeconds.labels('peer', 'coordinator-1', 'completion').observe(0.045)
    heartbeatFailuresTotal.labels('coordinator-1', 'stale').inc()
    timeoutEventsTotal.inc({ coordinator_id: 'coordinator-1', reason: 'blocking' })
    const text = await register.metrics()
    for (const line of [
      '# HELP blocking_duration_seconds Duration of coordinator blocking in seconds',
      '# TYPE blocking_duration_seconds histogram',
      'blocking_duration_seconds_sum{swarm_id="swarm-1",coordinator_id="coordinator-1",status="completed"} 0.123',
      '# HELP signal_delivery_latency_seconds Signal delivery latency in seconds',
      'signal_delivery_latency_seconds_count{sender_id="peer",receiver_id="coordinator-1",signal_type="completion"} 1',
      '# HELP heartbeat_failures_total Total heartbeat failures',
      'heartbeat_failures_total{coordinator_id="coordinator-1",reason="stale"} 1',
      '# HELP timeout_events_total Total timeout events',
      'timeout_events_total{coordinator_id="coordinator-1",reason="blocking"} 1',
    ]) {
      expect(text).toContain(line)
    }
    expect(text).toMatch(/signal_delivery_latency_seconds_bucket\{le="0\.1",[^}]*\} 1/)
    for (const bucket of [1, 5, 30]) {
      expect(text).toMatch(
        new RegExp(`blocking_duration_seconds_bucket\\{le="${bucket}",[^}]*\\} 1`),
      )
    }
  })

  it('register the gauge when it is first used', async () => {
    blockingCoordinatorsTotal.labels('swarm-1', 'active').set(3)
    blockingCoordinatorsTotal.inc({ swarm_id: 'swarm-1', status: 'active' })
    expect(await lines('blocking_coordinators_total')).toEqual([
      'blocking_coordinators_total{swarm_id="swarm-1",status="active"} 4',
    ])
  })

  it('have at most a thousand series each; what is beyond counts under other', async () => {
    for (let count = 0; count < 1500; count++) {
      const id = `c-${count}`
      blockingDurationSeconds.labels('s', id, 'completed').observe(1)
      signalDeliveryLatencySeconds.observe(
        { sender_id: id, receiver_id: 'r', signal_type: 'error' },
        1,
      )
      heartbeatFailuresTotal.labels({ coordinator_id: id, reason: 'error' }).inc()
      timeoutEventsTotal.inc({ coordinator_id: id, reason: 'blocking' }, 2)
      blockingCoordinatorsTotal.set({ swarm_id: id, status: 'active' }, 1)
    }
    for (const name of [
      'blocking_duration_seconds',
      'signal_delivery_latency_seconds',
      'heartbeat_failures_total',
      'timeout_events_total',
      'blocking_coordinators_total',
    ]) {
      expect(await seriesOf(name)).toHaveLength(1000)
    }
    expect(await lines('timeout_events_total')).toContain(
      'timeout_events_total{coordinator_id="other",reason="other"} 1002',
    )
    // What is known goes on counting as itself, and what is removed makes room.
    timeoutEventsTotal.labels('c-7', 'blocking').inc()
    timeoutEventsTotal.remove('c-8', 'blocking')
    timeoutEventsTotal.labels('newcomer', 'blocking').inc()
    const after = await lines('timeout_events_total')
    expect(after).toContain('timeout_events_total{coordinator_id="c-7",reason="blocking"} 3')
    expect(after).toContain('timeout_events_total{coordinator_id="newcomer",reason="blocking"} 1')
    expect(after).toHaveLength(1000)
  })

  it('refuse wrong labels as prom-client does', () => {
    expect(() => heartbeatFailuresTotal.labels('only-one').inc()).toThrow('number of arguments')
    expect(() => heartbeatFailuresTotal.inc({ colour: 'red' } as never)).toThrow('colour')
  })
})

describe('recording by itself', () => {
  it('is off unless asked for, and ends', () => {
    expect(metricsRecorder()).toBeUndefined()
    const end = enableMetrics()
    expect(metricsRecorder()).toBeDefined()
    end()
    expect(metricsRecorder()).toBeUndefined()
  })

  it('counts coordinators by what they do', async () => {
    const end = enableMetrics()
    const recorder = metricsRecorder()
    recorder?.present('swarm-1', 'a', 0)
    recorder?.present('swarm-1', 'b', 0)
    recorder?.present('swarm-1', 'b', 2)
    recorder?.present('swarm-1', 'b', 1)
    expect((await lines('blocking_coordinators_total')).sort()).toEqual([
      'blocking_coordinators_total{swarm_id="swarm-1",status="active"} 1',
      'blocking_coordinators_total{swarm_id="swarm-1",status="blocked"} 1',
    ])
    recorder?.present('swarm-1', 'b', 0)
    recorder?.gone('a')
    expect(await lines('blocking_coordinators_total')).toEqual([
      'blocking_coordinators_total{swarm_id="swarm-1",status="active"} 1',
    ])
    recorder?.gone('b')
    expect(await lines('blocking_coordinators_total')).toEqual([])
    end()
  })

  it('removes the series of the gone once they have been kept, and not of who came back', async () => {
    const end = enableMetrics({ keepGoneMs: 0 })
    const recorder = metricsRecorder()
    for (const id of ['a', 'b']) {
      recorder?.present('s', id, 0)
      recorder?.waited('s', id, 'completed', 0.5)
      recorder?.delivered('x', id, 'completion', 0.1)
      recorder?.heartbeatFailed(id, 'connection')
      recorder?.timedOut(id, 'blocking')
    }
    recorder?.gone('a')
    const text = await register.metrics()
    expect(text).not.toContain('"a"')
    expect(text.match(/_count\{.*"b".*\} 1/g)).toHaveLength(2)
    end()
    const keeping = enableMetrics({ keepGoneMs: 60_000 })
    metricsRecorder()?.gone('b')
    expect(await register.metrics()).toContain('"b"')
    keeping()
  })
})
