// A coordinator acknowledges a signal of its peer, and goes on with its next phase.
import { BlockingCoordinationManager, createClient } from 'signalbox'
import { redisHost, redisPort } from './support/address'

const redis = createClient({ socket: { host: redisHost, port: redisPort } })
await redis.connect()

const coordinator = new BlockingCoordinationManager({
  redisClient: redis,
  coordinatorId: 'coordinator-1',
  hmacSecret: process.env.BLOCKING_COORDINATION_SECRET,
  ackTtl: 3600,
  // What it does, on stderr.
  debug: true,
})

try {
  console.log('Starting blocking coordination...')
  // Built by hand here; `waitForSignal` gives those that others sent.
  const { coordinatorId, signalId, timestamp, iteration } = await coordinator.acknowledgeSignal({
    signalId: 'signal-123',
    type: 'completion',
    source: 'coordinator-2',
    targets: ['coordinator-1'],
    timestamp: Date.now(),
  })
  console.log('ACK sent:', { coordinatorId, signalId, timestamp, iteration })
  console.log('Signal acknowledged, proceeding with next phase')
} finally {
  await coordinator.cleanup()
  await redis.quit()
}
