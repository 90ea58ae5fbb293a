import {
  beforeScrape,
  blockingCoordinatorsTotal,
  blockingDurationSeconds,
  heartbeatFailuresTotal,
  signalDeliveryLatencySeconds,
  timeoutEventsTotal,
} from './core-metrics'
import { type MetricsRecorder, metricsRecorder, setMetricsRecorder } from './metrics-recorder'

export interface MetricsOptions {
  /** Series of coordinators that left or died are kept this long, so that they are still read once, ms. Default 300,000. */
  keepGoneMs?: number
}

interface Present {
  readonly swarmId: string
  readonly status: 'active' | 'blocked'
}

/**
 * Makes the core record its metrics by itself, in all of this process. Again, it is the same.
 *
 * @returns the way to end it
 */
export function enableMetrics({ keepGoneMs = 300_000 }: MetricsOptions = {}): () => void {
  const present = new Map<string, Present>()
  const goneSince = new Map<string, number>()

  const sweep = () => {
    const now = performance.now()
    for (const [id, since] of goneSince) {
      if (now - since < keepGoneMs) continue
      goneSince.delete(id)
      for (const metric of [blockingDurationSeconds, heartbeatFailuresTotal, timeoutEventsTotal]) {
        metric.removeWith({ coordinator_id: id })
      }
      signalDeliveryLatencySeconds.removeWith({ sender_id: id })
      signalDeliveryLatencySeconds.removeWith({ receiver_id: id })
    }
  }
  const leave = (id: string) => {
    const before = present.get(id)
    if (!before) return
    present.delete(id)
    const labels = { swarm_id: before.swarmId, status: before.status }
    const others = [...present.values()].some(
      (it) => it.swarmId === before.swarmId && it.status === before.status,
    )
    if (others) blockingCoordinatorsTotal.dec(labels)
    else blockingCoordinatorsTotal.remove(labels)
  }

  const recorder: MetricsRecorder = {
    waited(swarmId, coordinatorId, status, seconds) {
      blockingDurationSeconds.labels(swarmId, coordinatorId, status).observe(seconds)
    },
    delivered(senderId, receiverId, signalType, seconds) {
      signalDeliveryLatencySeconds
        .labels(senderId, receiverId, signalType)
        .observe(Math.max(0, seconds))
    },
    heartbeatFailed(coordinatorId, reason) {
      heartbeatFailuresTotal.labels(coordinatorId, reason).inc()
    },
    timedOut(coordinatorId, reason) {
      timeoutEventsTotal.labels(coordinatorId, reason).inc()
    },
    present(swarmId, coordinatorId, waits) {
      goneSince.delete(coordinatorId)
      const status = waits > 0 ? 'blocked' : 'active'
      const before = present.get(coordinatorId)
      if (before?.swarmId === swarmId && before.status === status) return
      leave(coordinatorId)
      present.set(coordinatorId, { swarmId, status })
      blockingCoordinatorsTotal.inc({ swarm_id: swarmId, status })
    },
    gone(coordinatorId) {
      leave(coordinatorId)
      // The latest to go is the last in the order of the map.
      goneSince.delete(coordinatorId)
      goneSince.set(coordinatorId, performance.now())
      sweep()
    },
  }
  setMetricsRecorder(recorder)
  beforeScrape.add(sweep)
  return () => {
    beforeScrape.delete(sweep)
    if (metricsRecorder() === recorder) setMetricsRecorder(undefined)
  }
}
