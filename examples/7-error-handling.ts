// What can go wrong, and what to do then: a connection, an ACK, and a peer that never answers.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  BlockingCoordinationManager,
  CircuitBreaker,
  createClient,
  type SignalAck,
} from 'signalbox'
import { redisHost, redisPort } from './support/address'
import { pace } from './support/pace'

const MAX_RETRIES = 3
const redis = createClient({ socket: { host: redisHost, port: redisPort } })
const breaker = new CircuitBreaker({ delays: [1000, 2000, 4000, 8000], maxAttempts: 4 })
let coordinator: BlockingCoordinationManager | undefined

try {
  console.log('Attempting Redis connection with error handling...')
  await breaker.execute(() => redis.connect())
  console.log('✓ Redis connected')

  coordinator = new BlockingCoordinationManager({
    redisClient: redis,
    coordinatorId: 'coordinator-error-handling',
    hmacSecret: process.env.BLOCKING_COORDINATION_SECRET,
  })

  console.log('\nAttempting signal acknowledgment with retry...')
  await acknowledge(coordinator)

  console.log('\nSimulating ACK wait timeout...')
  const acks = await coordinator.waitForAcks(
    ['coordinator-nonexistent'],
    'signal-timeout-test',
    pace(5000),
  )
  if (acks.size === 0) {
    console.log('⚠ ACK wait timed out (expected behavior)')
    console.log('  Falling back to degraded mode...')
    degrade('coordinator-nonexistent')
  }
} catch (error) {
  const { state, cooldownRemaining } = breaker.getState()
  console.error(`❌ Fatal error: ${error}`)
  if (state === 'open') console.error(`  Circuit breaker OPEN for ${cooldownRemaining}ms`)
  process.exitCode = 1
} finally {
  console.log('\nCleanup...')
  if (coordinator) {
    await coordinator.cleanup()
    console.log('✓ Coordinator cleaned up')
  }
  if (redis.isOpen) {
    await redis.quit()
    console.log('✓ Redis disconnected')
  }
}

/** The same signal again is the same ACK: trying again is always safe. `retryFailedSignal` does this. */
async function acknowledge(by: BlockingCoordinationManager): Promise<SignalAck> {
  for (let attempt = 1; ; attempt++) {
    try {
      const ack = await by.acknowledgeSignal({
        signalId: 'signal-retry-test',
        type: 'completion',
        source: 'coordinator-sender',
        targets: ['coordinator-error-handling'],
        timestamp: Date.now(),
      })
      console.log(`✓ ACK sent on attempt ${attempt}`)
      return ack
    } catch (error) {
      console.warn(`✗ Attempt ${attempt} failed: ${error}`)
      if (attempt === MAX_RETRIES) throw error
      await sleep(pace(1000 * 2 ** attempt))
    }
  }
}

function degrade(coordinatorId: string): void {
  console.log(`  Handling ACK timeout for ${coordinatorId}...`)
  console.log('  Option 1: Retry signal delivery')
  console.log('  Option 2: Check coordinator health')
  console.log('  Option 3: Proceeding without ACK (degraded mode)')
  console.log('  Logged timeout event for monitoring')
}
