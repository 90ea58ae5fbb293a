/** What each example prints, every number a #. */
export const EXPECTED_OUTPUTS: Readonly<Record<number, string>> = {
  1: `
Starting blocking coordination...
ACK sent: { coordinatorId: 'coordinator-#', signalId: 'signal-#', timestamp: #, iteration: # }
Signal acknowledged, proceeding with next phase
`,
  2: `
Sending signal to coordinator-receiver...
Signal sent: {
  messageId: 'coordinator-sender:coordinator-receiver:completion:#:#',
  isDuplicate: false,
  key: 'blocking:signal:coordinator-receiver'
}
Waiting for ACK...
ACK received: { coordinatorId: 'coordinator-receiver', timestamp: #, iteration: # }
ACK signature valid: true
`,
  3: `
Timeout monitoring started
Recorded activity for coordinator-#
Waiting # minutes for timeout to trigger...
Coordinator timeout detected: {
  coordinatorId: 'coordinator-#',
  timeoutDuration: '#s',
  reason: 'Coordinator inactive for #s (threshold: #s)',
  metadata: { lastHeartbeat: #, iteration: #, phase: 'loop-#-implementation' }
}
Cleanup completed: { coordinatorId: 'coordinator-#', timestamp: # }
Coordinator-# timed out: true
Coordinator escalated: {
  deadCoordinatorId: 'coordinator-#',
  newCoordinatorId: 'coordinator-<replacement>',
  swarmId: 'swarm-#'
}
New coordinator spawned: coordinator-<replacement>
Metrics: { totalChecks: #, timeoutEventsTotal: #, cleanupsPerformed: #, cleanupFailures: # }
`,
  4: `
Attempting Redis operations with circuit breaker...
Attempt failed: { attempt: #, maxAttempts: #, nextDelay: # }
Attempt failed: { attempt: #, maxAttempts: #, nextDelay: # }
Attempt failed: { attempt: #, maxAttempts: #, nextDelay: # }
Circuit breaker state changed: open
Circuit breaker execution failed: Error: Redis connection failed
Circuit breaker state: { state: 'open', failureCount: #, lastFailureTime: #, cooldownRemaining: # }
Circuit open - waiting for cooldown period
Cooldown remaining: #ms
Retrying in half-open state...
Circuit breaker state changed: half-open
Circuit breaker state changed: closed
`,
  5: `
Starting blocking coordination with metrics...
Recorded blocking duration: #ms
Recorded signal latency: #ms
Recorded heartbeat failure
Recorded timeout event
Prometheus Metrics:
`,
  6: `
Starting CFN Loop # Validation Flow...
Step #: Spawning validator agents...
  ✓ Spawned validator-reviewer
  ✓ Spawned validator-security
  ✓ Spawned validator-performance
Step #: Sending validation tasks...
  ✓ Sent task to validator-reviewer (loop#-parent:validator-reviewer:status_update:#:#)
  ✓ Sent task to validator-security (loop#-parent:validator-security:status_update:#:#)
  ✓ Sent task to validator-performance (loop#-parent:validator-performance:status_update:#:#)
Step #: Waiting for validator ACKs...
  ✓ Received #/# ACKs in #ms
Step #: Collecting validation results...
  ✓ validator-reviewer: confidence #
  ✓ validator-security: confidence #
  ✓ validator-performance: confidence #
Step #: Calculating consensus...
  Average confidence: #
  Consensus threshold: #
  ✅ CONSENSUS ACHIEVED - Proceeding to Loop #
Step #: Aggregating recommendations...
  Recommendations for Product Owner:
    #. Add rate limiting
    #. Improve error messages
Step #: Cleaning up validator state...
  ✓ Cleaned validator-reviewer
  ✓ Cleaned validator-security
  ✓ Cleaned validator-performance
✅ CFN Loop # Validation Complete
`,
  7: `
Attempting Redis connection with error handling...
✓ Redis connected
Attempting signal acknowledgment with retry...
✓ ACK sent on attempt #
Simulating ACK wait timeout...
⚠ ACK wait timed out (expected behavior)
  Falling back to degraded mode...
  Handling ACK timeout for coordinator-nonexistent...
  Option #: Retry signal delivery
  Option #: Check coordinator health
  Option #: Proceeding without ACK (degraded mode)
  Logged timeout event for monitoring
Cleanup...
✓ Coordinator cleaned up
✓ Redis disconnected
`,
}

const blocking = 'swarm_id="swarm-metrics",coordinator_id="coordinator-metrics",status="completed"'
const latency =
  'sender_id="coordinator-peer",receiver_id="coordinator-metrics",signal_type="completion"'

/** Which buckets the metrics of example 5 have to have: others may be there as well. */
export const EXPECTED_BUCKETS = [
  'blocking_duration_seconds_bucket 1',
  'blocking_duration_seconds_bucket 5',
  'blocking_duration_seconds_bucket 30',
  'signal_delivery_latency_seconds_bucket 0.1',
]

export const EXPECTED_METRICS = `
# HELP blocking_duration_seconds Duration of coordinator blocking in seconds
# TYPE blocking_duration_seconds histogram
blocking_duration_seconds_bucket{${blocking},le="1"} 1
blocking_duration_seconds_bucket{${blocking},le="5"} 1
blocking_duration_seconds_bucket{${blocking},le="30"} 1
blocking_duration_seconds_sum{${blocking}} 0
blocking_duration_seconds_count{${blocking}} 1
# HELP signal_delivery_latency_seconds Signal delivery latency in seconds
# TYPE signal_delivery_latency_seconds histogram
signal_delivery_latency_seconds_bucket{${latency},le="0.1"} 1
signal_delivery_latency_seconds_sum{${latency}} 0
signal_delivery_latency_seconds_count{${latency}} 1
# HELP heartbeat_failures_total Total heartbeat failures
# TYPE heartbeat_failures_total counter
heartbeat_failures_total{coordinator_id="coordinator-metrics",reason="stale"} 1
# HELP timeout_events_total Total timeout events
# TYPE timeout_events_total counter
timeout_events_total{coordinator_id="coordinator-metrics",reason="blocking"} 1
`
