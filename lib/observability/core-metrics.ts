import { CappedCounter, CappedHistogram, LazyCappedGauge } from './capped-metrics'

/**
 * The core's metrics, in prom-client's default registry. They are observed by hand, or by the core itself
 * after `enableMetrics()`. Each has at most 1,000 series; what is beyond counts under `other`.
 */
function createMetrics() {
  /** Called when somebody is about to read them. */
  const beforeScrape = new Set<() => void>()
  return {
    beforeScrape,
    blockingDurationSeconds: new CappedHistogram({
      name: 'blocking_duration_seconds',
      help: 'Duration of coordinator blocking in seconds',
      labelNames: ['swarm_id', 'coordinator_id', 'status'] as const,
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300],
      // The first one to be asked: what goes now is gone from all of them.
      collect() {
        for (const hook of beforeScrape) hook()
      },
    }),
    signalDeliveryLatencySeconds: new CappedHistogram({
      name: 'signal_delivery_latency_seconds',
      help: 'Signal delivery latency in seconds',
      labelNames: ['sender_id', 'receiver_id', 'signal_type'] as const,
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    }),
    heartbeatFailuresTotal: new CappedCounter({
      name: 'heartbeat_failures_total',
      help: 'Total heartbeat failures',
      labelNames: ['coordinator_id', 'reason'] as const,
    }),
    timeoutEventsTotal: new CappedCounter({
      name: 'timeout_events_total',
      help: 'Total timeout events',
      labelNames: ['coordinator_id', 'reason'] as const,
    }),
    blockingCoordinatorsTotal: new LazyCappedGauge({
      name: 'blocking_coordinators_total',
      help: 'Coordinators of this process by status',
      labelNames: ['swarm_id', 'status'] as const,
    }),
  }
}

const METRICS = Symbol.for('signalbox.metrics')
// One set however often this module is loaded: prom-client refuses a name that is registered already.
const shared = globalThis as { [METRICS]?: ReturnType<typeof createMetrics> }
shared[METRICS] ??= createMetrics()
const metrics = shared[METRICS]

export const beforeScrape = metrics.beforeScrape

/** How long coordinators waited. `status`: `completed`, `timed_out` or `aborted`. */
export const blockingDurationSeconds = metrics.blockingDurationSeconds
/** From sending a signal to its ACK. */
export const signalDeliveryLatencySeconds = metrics.signalDeliveryLatencySeconds
/** `reason`: `connection`, `timeout`, `stale` or `error`. */
export const heartbeatFailuresTotal = metrics.heartbeatFailuresTotal
/** `reason`: `heartbeat`, `blocking` or `external`. */
export const timeoutEventsTotal = metrics.timeoutEventsTotal
/** `status`: `active` or `blocked`. Registered when it is first used. */
export const blockingCoordinatorsTotal = metrics.blockingCoordinatorsTotal
