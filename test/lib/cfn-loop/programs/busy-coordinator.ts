// A coordinator in a process of its own that stores work without end, until it is told to say how that
// went. Arguments: address of Redis, namespace, id, threshold in ms.
import { setTimeout as sleep } from 'node:timers/promises'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { isFencedError } from '@/lib/redis/errors'
import { connectTo } from '@/test/labs/connect-to'

const [address = '', namespace = '', coordinatorId = '', threshold] = process.argv.slice(2)
const redis = connectTo(address)
redis.on('error', () => {})
const manager = new BlockingCoordinationManager({
  redisClient: redis,
  namespace,
  coordinatorId,
  hmacSecret: 'a secret of more than thirty-two bytes',
  timeoutThreshold: Number(threshold),
})

let accepted = 0
let refused = 0
let running = true
process.on('message', () => {
  running = false
})
for (let i = 0; running; i++) {
  try {
    await manager.storeWorkItem(`w-${i % 50}`, i)
    accepted++
    if (accepted === 1) process.send?.('working')
  } catch (error) {
    if (!isFencedError(error)) throw error
    refused++
    if (refused === 1) process.send?.('refused')
  }
  await sleep(10)
}
process.send?.({ accepted, refused }, () => {
  redis.disconnect()
  process.disconnect()
})
