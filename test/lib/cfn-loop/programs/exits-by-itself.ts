// Started by a test: does what a coordinator does, cleans up, and has to end without being told to.
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { createClient } from '@/lib/redis/create-client'
import { type Address, connectTo } from '@/test/labs/connect-to'

const [address = '', namespace = ''] = process.argv.slice(2)
const [redis, signals] = await open()
await signals.connect()
const hmacSecret = 'a secret that both ends of this program share'
const sender = new BlockingCoordinationManager({
  redisClient: redis,
  namespace,
  coordinatorId: 'sender',
  hmacSecret,
})
const receiver = new BlockingCoordinationManager({
  redisClient: redis,
  namespace,
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

/** One server the way programs reach it by themselves; what is more than that by the client for it. */
async function open() {
  const to = JSON.parse(address) as Address
  const host = '127.0.0.1'
  if (!('port' in to)) {
    const redisClient = connectTo(address)
    return [redisClient, new BlockingCoordinationSignals({ redisClient, namespace })] as const
  }
  const client = createClient({ socket: { host, port: to.port } })
  await client.connect()
  const options = { redisHost: host, redisPort: to.port, namespace }
  return [client, new BlockingCoordinationSignals(options)] as const
}
