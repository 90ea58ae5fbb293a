import type { Redis } from 'ioredis'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from '@/lib/runtime/runtime'
import type { Projection } from '../projection/projection'
import { createBoardMetrics } from './board-metrics'
import { createEventMetrics } from './event-metrics'

const PING_MS = 5000

export interface ServerMetricsParts {
  projection: Projection
  redis: Redis
  /** Open sockets of pages, and frames sent to them so far. */
  sockets: () => { clients: number; frames: number }
}

export interface ServerMetrics extends Metrics {
  close(): void
}

/**
 * What Prometheus gets: the swarms as this server sees them, and the server itself. A registry of
 * its own: the library's metrics, in the default one, belong to who uses the library.
 */
export function createServerMetrics(parts: ServerMetricsParts): ServerMetrics {
  const { projection, redis, sockets } = parts
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register })
  createBoardMetrics(register, projection)
  const eventMetrics = createEventMetrics(register)
  projection.on('events', (events) => eventMetrics.count(events, projection.view()))

  const gauge = (name: string, help: string, read: () => number | null | undefined) =>
    new Gauge({
      name: `signalbox_${name}`,
      help,
      registers,
      collect() {
        // What nobody knows is not zero.
        this.set(read() ?? Number.NaN)
      },
    })
  const status = () => projection.status()
  gauge('event_lag_seconds', 'Age of the newest event when it reached this server', () => {
    const { eventLagMs } = status()
    return eventLagMs === null ? null : eventLagMs / 1000
  })
  gauge('events_per_second', 'Events folded in, lately', () => status().eventsPerSecond)
  gauge('beats_per_second', 'Heartbeats seen, lately', () => status().beatsPerSecond)
  gauge('redis_up', 'Whether Redis can be reached', () => (status().redis.state === 'up' ? 1 : 0))
  gauge('last_sweep_timestamp_seconds', 'When a monitor last looked for what ran out', () => {
    const { lastSweepAt } = status()
    return lastSweepAt === undefined ? null : lastSweepAt / 1000
  })
  gauge('socket_clients', 'Open sockets of pages', () => sockets().clients)

  let framesCounted = 0
  new Counter({
    name: 'signalbox_socket_frames_total',
    help: 'Frames sent to pages',
    registers,
    collect() {
      const { frames } = sockets()
      this.inc(Math.max(0, frames - framesCounted))
      framesCounted = frames
    },
  })
  const redisLatency = new Histogram({
    name: 'signalbox_redis_latency_seconds',
    help: 'A PING, measured every five seconds',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1],
    registers,
  })
  const timer = setInterval(() => {
    if (redis.status !== 'ready') return
    const stop = redisLatency.startTimer()
    redis.ping().then(
      () => stop(),
      () => {},
    )
  }, PING_MS)
  timer.unref()

  return {
    contentType: register.contentType,
    text: () => register.metrics(),
    close() {
      clearInterval(timer)
      register.clear()
    },
  }
}
