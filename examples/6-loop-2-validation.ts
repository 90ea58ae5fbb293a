// Loop 2, step by step: three validators, each a process of its own, take the task, acknowledge it, look
// at it and vote. `runValidation` and `answerValidations` do the same in one call each.
import {
  answerValidations,
  BlockingCoordinationManager,
  BlockingCoordinationSignals,
  type ConsensusVote,
  CoordinatorTimeoutHandler,
  createClient,
  type Json,
  loop2Consensus,
  SignalType,
} from 'signalbox'
import { redisHost, redisPort } from './support/address'
import { sayReady, startCompanion, untilTold } from './support/companion'

interface Work {
  files: string[]
  /** What Loop 3 thinks of its own work. */
  confidence: number
}
type Judgement = Omit<ConsensusVote, 'validatorId'>

const hmacSecret = process.env.BLOCKING_COORDINATION_SECRET
const judges: Record<string, (work: Work) => Judgement> = {
  'validator-reviewer': ({ files, confidence }) => ({
    confidence: confidence + (files.some((it) => it.endsWith('.test.js')) ? 0.07 : -0.1),
    issues: [],
    recommendations: ['Add rate limiting'],
  }),
  'validator-security': ({ files, confidence }) => ({
    confidence: confidence + (files.some((it) => it.includes('middleware')) ? 0.04 : -0.1),
    issues: [],
    recommendations: ['Add rate limiting', 'Improve error messages'],
  }),
  'validator-performance': ({ files, confidence }) => ({
    confidence: confidence + (files.length < 10 ? 0.09 : -0.1),
    issues: [],
    recommendations: ['Improve error messages'],
  }),
}

const redis = createClient({ socket: { host: redisHost, port: redisPort } })
await redis.connect()
const role = process.argv[2] ?? ''
const judge = judges[role]
await (judge ? validate(role, judge) : validation(Object.keys(judges)))
await redis.quit()

async function validate(validatorId: string, judgeWork: (work: Work) => Judgement): Promise<void> {
  const validator = new BlockingCoordinationManager({
    redisClient: redis,
    coordinatorId: validatorId,
    swarmId: 'swarm-loop-2',
    hmacSecret,
  })
  await validator.recordActivity('loop-2-validation', 0)
  const signal = untilTold()
  sayReady()
  const judgeTask = async (task: Json) => judgeWork(task as unknown as Work)
  await answerValidations({ validator, validate: judgeTask, signal })
  await validator.cleanup()
}

async function validation(validatorIds: string[]): Promise<void> {
  const parent = new BlockingCoordinationManager({
    redisClient: redis,
    coordinatorId: 'loop2-parent',
    swarmId: 'swarm-loop-2',
    hmacSecret,
  })
  const signals = new BlockingCoordinationSignals({ redisHost, redisPort })
  await signals.connect()
  const handler = new CoordinatorTimeoutHandler({ redisClient: redis, timeoutThreshold: 600_000 })

  try {
    console.log('Starting CFN Loop 2 Validation Flow...\n')

    console.log('Step 1: Spawning validator agents...')
    const companions = await Promise.all(
      validatorIds.map((id) => startCompanion(import.meta.filename, id)),
    )
    for (const id of validatorIds) console.log(`  ✓ Spawned ${id}`)

    console.log('\nStep 2: Sending validation tasks...')
    const consensus = loop2Consensus({
      redisClient: redis,
      swarmId: 'swarm-loop-2',
      coordinatorId: parent.coordinatorId,
      iteration: 1,
      validators: validatorIds,
    })
    await consensus.open()
    const work: Work = {
      files: ['auth.js', 'auth.test.js', 'auth-middleware.js'],
      confidence: 0.85,
    }
    const sent = new Map<string, string>()
    for (const id of validatorIds) {
      const { messageId } = await signals.sendSignal(
        'loop2-parent',
        id,
        SignalType.STATUS_UPDATE,
        2,
        { task: { ...work }, consensus: consensus.key },
      )
      sent.set(id, messageId)
      console.log(`  ✓ Sent task to ${id} (${messageId})`)
    }

    console.log('\nStep 3: Waiting for validator ACKs...')
    const blockedSince = Date.now()
    const acks = await Promise.all(
      [...sent].map(([id, messageId]) => parent.waitForAcks([id], messageId, 300_000)),
    )
    const received = acks.filter((it) => it.size === 1).length
    const blockedMs = Date.now() - blockedSince
    console.log(`  ✓ Received ${received}/${validatorIds.length} ACKs in ${blockedMs}ms`)

    console.log('\nStep 4: Collecting validation results...')
    const result = await consensus.waitForDecision(300_000)
    if (!result) throw new Error('The validators did not vote in time')
    for (const id of validatorIds) {
      const vote = result.votes.find((it) => it.validatorId === id)
      console.log(`  ✓ ${id}: confidence ${vote?.confidence.toFixed(2) ?? 'missing'}`)
    }

    console.log('\nStep 5: Calculating consensus...')
    console.log(`  Average confidence: ${result.average?.toFixed(2)}`)
    console.log(`  Consensus threshold: ${consensus.threshold.toFixed(2)}`)
    console.log(
      result.decision === 'proceed'
        ? '  ✅ CONSENSUS ACHIEVED - Proceeding to Loop 4'
        : '  ❌ CONSENSUS NOT REACHED - Relaunch Loop 3',
    )

    console.log('\nStep 6: Aggregating recommendations...')
    console.log('  Recommendations for Product Owner:')
    for (const [index, text] of result.recommendations.entries()) {
      console.log(`    ${index + 1}. ${text}`)
    }

    console.log('\nStep 7: Cleaning up validator state...')
    await Promise.all(companions.map((it) => it.end()))
    for (const id of validatorIds) {
      await handler.cleanupTimeoutCoordinator(id)
      console.log(`  ✓ Cleaned ${id}`)
    }
    console.log('\n✅ CFN Loop 2 Validation Complete')
  } finally {
    await parent.cleanup()
    await signals.disconnect()
  }
}
