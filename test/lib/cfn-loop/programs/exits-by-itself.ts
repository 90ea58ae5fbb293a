// Started by a test: does what a coordinator does, cleans up, and has to end without being told to.
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { createClient } from '@/lib/redis/create-client'

const [host = '', port = '0'] = process.argv.slice(2)
const redis = createClient({ socket: { host, port: Number(port) } })
await redis.connect()
const signals = new BlockingCoordinationSignals({ redisHost: host, redisPort: Number(port) })
await signals.connect()
const hmacSecret = 'a secret that both ends of this program share'
const sender = new BlockingCoordinationManager({
  redisClient: redis,
  coordinatorId: 'sender',
  hmacSecret,
})
const receiver = new BlockingCoordinationManager({
  redisClient: redis,
  coordinatorId: 'receiver',
  hmacSecret,
})

const { messageId } = await signals.sendSignal('sender', 'receiver', 'completion', 1)
const waiting = sender.waitForAcks(['receiver'], messageId, 10_000)
const signal = await receiver.waitForSignal({ timeoutMs: 10_000 })
if (signal) await receiver.acknowledgeSignal(signal)
console.log(`ACKs: ${(await waiting).size}`)
// One that is still waiting when all ends.
const left = receiver.waitForSignal({ timeoutMs: Number.POSITIVE_INFINITY })
await new Promise((resolve) => setTimeout(resolve, 300))
await receiver.cleanup()
console.log(`left: ${String(await left)}`)
await sender.cleanup()
await signals.disconnect()
await redis.quit()
console.log('done')
