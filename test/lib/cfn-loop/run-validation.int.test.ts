import { afterEach, expect, it } from 'vitest'
import { answerValidations } from '@/lib/cfn-loop/answer-validations'
import type { ConsensusVote } from '@/lib/cfn-loop/consensus-round'
import { runValidation } from '@/lib/cfn-loop/run-validation'
import type { Json } from '@/lib/protocol/json'
import { until } from '@/test/until'
import { boxOfThisFile } from './box-of-this-file'

const { box: harness } = await boxOfThisFile()
let stop = new AbortController()

afterEach(() => {
  stop.abort()
  stop = new AbortController()
})

const names = ['reviewer', 'security', 'performance']

function validator(
  id: string,
  validate: (task: Json) => Omit<ConsensusVote, 'validatorId'>,
): Promise<void> {
  return answerValidations({
    validator: harness.manager(id, { swarmId: 'swarm-1' }),
    validate: async (task) => validate(task),
    signal: stop.signal,
  })
}

it('sends the task, gathers ACKs and votes, and tells the decision', async () => {
  const confidences = [0.92, 0.89, 0.94]
  const seen: Json[] = []
  const running = names.map((id, place) =>
    validator(id, (task) => {
      seen.push(task)
      return { confidence: confidences[place] ?? 0, recommendations: ['Add rate limiting'] }
    }),
  )
  const { result, acks, consensus, signalId, blockedMs } = await runValidation({
    parent: harness.manager('parent', { swarmId: 'swarm-1' }),
    validators: names,
    task: { files: ['auth.js'] },
    threshold: 0.9,
  })
  expect(result).toMatchObject({
    decision: 'proceed',
    missing: [],
    recommendations: ['Add rate limiting'],
  })
  expect(seen).toEqual(Array.from({ length: 3 }, () => ({ files: ['auth.js'] })))
  expect([...acks.keys()].sort()).toEqual([...names].sort())
  expect(consensus).toMatchObject({ swarmId: 'swarm-1', loop: 2, iteration: 1, threshold: 0.9 })
  expect(signalId).toMatch(/^parent:\*:status_update:1:\d+$/)
  expect(blockedMs).toBeGreaterThan(0)
  stop.abort()
  await Promise.all(running)
})

it('with a relaunch goes on until the votes reach the threshold', async () => {
  for (const id of names) {
    void validator(id, (task) => ({ confidence: (task as { quality: number }).quality }))
  }
  const relaunched: number[] = []
  const { result, consensus } = await runValidation({
    parent: harness.manager('parent'),
    validators: names,
    task: { quality: 0.5 },
    relaunch: async ({ decision }, iteration) => {
      expect(decision).toBe('relaunch')
      relaunched.push(iteration)
      return { quality: 0.5 + iteration / 8 }
    },
  })
  expect(relaunched).toEqual([2, 3, 4])
  expect(result).toMatchObject({ decision: 'proceed', average: 1 })
  expect(consensus.iteration).toBe(4)
})

it('is exhausted in the end', async () => {
  for (const id of names) void validator(id, () => ({ confidence: 0.1 }))
  const { result, consensus } = await runValidation({
    parent: harness.manager('parent'),
    validators: names,
    task: 'hopeless',
    maxIterations: 3,
    relaunch: async () => 'as before',
  })
  expect(result.decision).toBe('exhausted')
  expect(consensus.iteration).toBe(3)
})

it('decides at the deadline without who never answers', async () => {
  for (const id of names.slice(0, 2)) void validator(id, () => ({ confidence: 0.95 }))
  const { result, acks } = await runValidation({
    parent: harness.manager('parent'),
    validators: names,
    task: 'half of it',
    ackTimeoutMs: 100,
    deadlineMs: 300,
  })
  expect(acks.size).toBe(2)
  expect(result).toMatchObject({ decision: 'proceed', missing: ['performance'] })
})

it('a replacement votes in the place of the validator that died', async () => {
  const handler = harness.handler({ timeoutThreshold: 300 })
  await handler.recordActivity('performance', 1, 'loop-2-validation')
  for (const id of names.slice(0, 2)) void validator(id, () => ({ confidence: 0.95 }))
  const running = runValidation({
    parent: harness.manager('parent'),
    validators: names,
    task: 'all of it',
  })
  await until(() => handler.checkCoordinatorTimeout('performance'))
  const heir = await handler.escalateDeadCoordinator('performance', 'default')
  if (heir === null) throw new Error('not escalated')
  void validator(heir, () => ({ confidence: 0.8 }))
  const { result, acks } = await running
  expect(acks.get('performance')?.coordinatorId).toBe(heir)
  expect(result).toMatchObject({ decision: 'proceed', missing: [], min: 0.8 })
})

it('ends when its signal does', async () => {
  const running = runValidation({
    parent: harness.manager('parent'),
    validators: names,
    task: 'never mind',
    signal: stop.signal,
  })
  const outcome = expect(running).rejects.toThrow('enough')
  stop.abort(new Error('enough'))
  await outcome
})
