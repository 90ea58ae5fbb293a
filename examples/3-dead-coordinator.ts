// A coordinator falls silent. A handler finds out, cleans up behind it, and has it replaced.
import { setTimeout as sleep } from 'node:timers/promises'
import { CoordinatorTimeoutHandler, createClient } from 'signalbox'
import { redisHost, redisPort } from './support/address'
import { pace } from './support/pace'

const redis = createClient({ socket: { host: redisHost, port: redisPort } })
await redis.connect()

const handler = new CoordinatorTimeoutHandler({
  redisClient: redis,
  timeoutThreshold: pace(120_000),
  checkInterval: pace(30_000),
  autoCleanup: true,
  debug: true,
})
handler.on('coordinator:timeout', ({ coordinatorId, timeoutDuration, reason, metadata }) => {
  console.log('Coordinator timeout detected:', {
    coordinatorId,
    timeoutDuration: `${Math.round(timeoutDuration / 1000)}s`,
    reason,
    metadata,
  })
})
handler.on('coordinator:escalated', ({ deadCoordinatorId, newCoordinatorId, swarmId }) => {
  console.log('Coordinator escalated:', { deadCoordinatorId, newCoordinatorId, swarmId })
})
handler.on('cleanup:complete', ({ coordinatorId, timestamp }) => {
  console.log('Cleanup completed:', { coordinatorId, timestamp })
})

try {
  handler.startMonitoring()
  console.log('Timeout monitoring started')

  await handler.recordActivity('coordinator-1', 0, 'loop-3-implementation')
  console.log('Recorded activity for coordinator-1')

  console.log('Waiting 2.5 minutes for timeout to trigger...')
  await sleep(pace(150_000))

  const timedOut = await handler.checkCoordinatorTimeout('coordinator-1')
  console.log('Coordinator-1 timed out:', timedOut)
  if (timedOut) {
    const replacement = await handler.escalateDeadCoordinator('coordinator-1', 'swarm-123')
    console.log('New coordinator spawned:', replacement)
  }
  await sleep(pace(5000))
} finally {
  handler.stopMonitoring()
  console.log('Metrics:', handler.getMetrics())
  await redis.quit()
}
