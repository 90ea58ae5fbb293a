// A coordinator in a process of its own, with its secrets in the environment, as the spawner or a person
// starts it. Says which of the worker's ACKs hold for it, then acknowledges whatever comes, until SIGTERM.
// Arguments: the ids of signals to the worker.
import { Redis } from 'ioredis'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'

const { env } = process
const redis = new Redis(env.REDIS_URL ?? '')
const manager = new BlockingCoordinationManager({
  redisClient: redis,
  coordinatorId: env.SIGNALBOX_COORDINATOR_ID ?? '',
  hmacSecret: env.BLOCKING_COORDINATION_SECRET,
  ...(env.SIGNALBOX_SWARM_ID ? { swarmId: env.SIGNALBOX_SWARM_ID } : {}),
  ...(env.SIGNALBOX_CLAIM ? { claim: env.SIGNALBOX_CLAIM } : {}),
})
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`)

process.once('SIGTERM', () => {
  void manager.cleanup().then(() => redis.disconnect())
})
await manager.recordActivity('rotation', 1)
const holds: boolean[] = []
for (const id of process.argv.slice(2)) holds.push(await manager.isAcknowledged('worker', id))
say({ holds })
try {
  for (;;) {
    const signal = await manager.waitForSignal({ timeoutMs: 60_000 })
    if (signal) say({ acknowledged: (await manager.acknowledgeSignal(signal)).signalId })
    else break
  }
} catch {
  // It was told to leave.
}
