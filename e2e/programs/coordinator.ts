// A coordinator in a process of its own, that does what it is told: one JSON object a line in, one out.
// Arguments: url of Redis, id, options as JSON. The secret stands in the environment.
import { createInterface } from 'node:readline'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { ConsensusRound } from '@/lib/cfn-loop/consensus-round'
import { LoopConsensus } from '@/lib/cfn-loop/loop-consensus'
import { publishBreaker } from '@/lib/cfn-loop/publish-breaker'
import { createClient } from '@/lib/redis/create-client'
import type { Order } from '../fixtures/coordinators'

const [url = '', coordinatorId = '', options = '{}'] = process.argv.slice(2)
const { hostname, port } = new URL(url)
const redis = createClient({ socket: { host: hostname, port: Number(port) } })
await redis.connect()
const hmacSecret = process.env.BLOCKING_COORDINATION_SECRET
const manager = new BlockingCoordinationManager({
  redisClient: redis,
  coordinatorId,
  hmacSecret,
  ...JSON.parse(options),
})
const signals = new BlockingCoordinationSignals({
  redisHost: hostname,
  redisPort: Number(port),
  redisClient: redis,
})
await signals.connect()
await manager.recordActivity(undefined, 1)

const breakers = new Map<string, CircuitBreaker>()

/** A breaker of its own round something it depends on, shown on the board from its first call on. */
function breakerOf(name: string): CircuitBreaker {
  const known = breakers.get(name)
  if (known) return known
  const breaker = new CircuitBreaker({ name, maxAttempts: 1, cooldownMs: 600_000 })
  breakers.set(name, breaker)
  publishBreaker(breaker, manager)
  return breaker
}

async function obey(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'send': {
      const { messageId } = await signals.sendSignal(coordinatorId, order.to, 'validation', 1)
      return messageId
    }
    case 'wait':
      return [...(await manager.waitForAcks(order.on, order.signalId, order.timeoutMs)).keys()]
    case 'answer': {
      const signal = await manager.waitForSignal({ timeoutMs: 10_000 })
      if (signal) await manager.acknowledgeSignal(signal)
      return signal?.signalId ?? null
    }
    case 'answer-this':
      // What a program does that was told of a signal and is too late.
      return manager.acknowledgeSignal(order.signal).then(
        () => 'acknowledged',
        (error: Error) => error.name,
      )
    case 'keep':
      await manager.storeWorkItem(order.workId, { kept: true })
      return null
    case 'ask-owner': {
      const round = new LoopConsensus({
        redisClient: redis,
        swarmId: order.swarmId,
        loop: 4,
        iteration: 1,
        threshold: 0.9,
        validators: ['product-owner'],
        policy: 'owner',
        deadlineMs: 600_000,
      })
      await round.open()
      return (await round.waitForDecision(120_000))?.decision ?? null
    }
    case 'call':
      return breakerOf(order.breaker)
        .execute(async () => 'called')
        .catch((error: Error) => error.name)
    case 'open-round': {
      const { swarmId, validators, iteration, threshold } = order
      const round = new LoopConsensus({
        redisClient: redis,
        swarmId,
        loop: 2,
        runId: 'run',
        iteration,
        threshold,
        validators,
        policy: 'average',
        deadlineMs: 600_000,
      })
      await round.open()
      return round.key
    }
    case 'vote': {
      const round = new ConsensusRound({ redisClient: redis, key: order.round, coordinatorId })
      const { confidence, recommendations = [] } = order
      const result = await round.vote({ validatorId: coordinatorId, confidence, recommendations })
      return result?.decision ?? null
    }
    case 'leave':
      await manager.cleanup()
      return null
  }
}

process.once('SIGTERM', () => void manager.cleanup().finally(() => process.exit(0)))
process.stdout.write(`${JSON.stringify({ ready: true })}\n`)
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { n, order }: { n: number; order: Order } = JSON.parse(line)
    obey(order).then(
      (answer) => process.stdout.write(`${JSON.stringify({ n, answer })}\n`),
      (error: Error) => process.stdout.write(`${JSON.stringify({ n, error: error.message })}\n`),
    )
  })
  // Whoever gave the orders is gone.
  .on('close', () => process.exit(0))
