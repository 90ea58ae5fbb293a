// Metrics observed by hand. After `enableMetrics()` the core records its own.
import { register } from 'prom-client'
import { BlockingCoordinationManager, createClient } from 'signalbox'
import {
  blockingDurationSeconds,
  heartbeatFailuresTotal,
  signalDeliveryLatencySeconds,
  timeoutEventsTotal,
} from 'signalbox/observability/prometheus-metrics'
import { redisHost, redisPort } from './support/address'

const redis = createClient({ socket: { host: redisHost, port: redisPort } })
await redis.connect()

const coordinatorId = 'coordinator-metrics'
const coordinator = new BlockingCoordinationManager({
  redisClient: redis,
  coordinatorId,
  hmacSecret: process.env.BLOCKING_COORDINATION_SECRET,
})

try {
  console.log('Starting blocking coordination with metrics...')
  const signal = {
    signalId: 'signal-metrics',
    type: 'completion' as const,
    source: 'coordinator-peer',
    targets: [coordinatorId],
    timestamp: Date.now(),
  }
  await coordinator.acknowledgeSignal(signal)

  const ms = Date.now() - signal.timestamp
  blockingDurationSeconds.labels('swarm-metrics', coordinatorId, 'completed').observe(ms / 1000)
  console.log(`Recorded blocking duration: ${ms}ms`)
  signalDeliveryLatencySeconds.labels(signal.source, coordinatorId, signal.type).observe(ms / 1000)
  console.log(`Recorded signal latency: ${ms}ms`)
  heartbeatFailuresTotal.labels(coordinatorId, 'stale').inc()
  console.log('Recorded heartbeat failure')
  timeoutEventsTotal.labels(coordinatorId, 'blocking').inc()
  console.log('Recorded timeout event')

  console.log('\nPrometheus Metrics:')
  console.log(await register.metrics())
} finally {
  await coordinator.cleanup()
  await redis.quit()
}
