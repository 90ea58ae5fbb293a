import { BlockingCoordinationManager, createClient } from 'signalbox'

const { REDIS_HOST, REDIS_PORT, REDIS_PASSWORD, BLOCKING_COORDINATION_SECRET } = process.env
const redisClient = createClient({
  socket: { host: REDIS_HOST, port: Number(REDIS_PORT) },
  password: REDIS_PASSWORD,
})
await redisClient.connect()

const me = new BlockingCoordinationManager({
  redisClient,
  coordinatorId: 'my-first-coordinator',
  swarmId: 'my-swarm',
  hmacSecret: BLOCKING_COORDINATION_SECRET,
})
await me.recordActivity('loop-3-work', 1)
console.log('On the board. Send me a signal from there, within five minutes.')
const signal = await me.waitForSignal({ timeoutMs: 300_000 })
if (signal) console.log('Answered:', (await me.acknowledgeSignal(signal)).signalId)
await me.cleanup()
await redisClient.quit()
