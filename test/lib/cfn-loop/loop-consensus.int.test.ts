// Promise 11: one vote per validator and iteration; NaN and out-of-range refused; one validator is no
// consensus unless asked for.
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { loop2Consensus, loop3Consensus, loop4Consensus } from '@/lib/cfn-loop/consensus-presets'
import { isConsensusRefusedError } from '@/lib/cfn-loop/consensus-refused-error'
import { ConsensusRound } from '@/lib/cfn-loop/consensus-round'
import { LoopConsensus, type LoopConsensusOptions } from '@/lib/cfn-loop/loop-consensus'
import type { EventOf } from '@/lib/protocol/events'
import { InvalidInputError, isFencedError } from '@/lib/redis/errors'
import { parseCoordinator } from '@/lib/redis/records/coordinator-record'
import type { RedisLike } from '@/lib/redis/redis-like'
import { createConsensusStore } from '@/lib/redis/stores/consensus-store'
import { type CoreRedis, NAMESPACE, startCoreRedis } from '@/test/labs/core-redis'
import { until } from '@/test/until'
import { testNamespace } from './namespace'

let server: CoreRedis
let redis: RedisLike
let space: ReturnType<typeof testNamespace>

beforeAll(async () => {
  server = await startCoreRedis()
  redis = server.client()
  space = testNamespace(redis)
})
beforeEach(() => server.flush())
afterAll(() => server.stop())

const three = ['reviewer', 'security', 'performance']

function round(options: Partial<LoopConsensusOptions> = {}) {
  return new LoopConsensus({
    redisClient: redis,
    namespace: NAMESPACE,
    swarmId: 'swarm-1',
    loop: 2,
    iteration: 1,
    runId: 'run-1',
    threshold: 0.9,
    validators: three,
    policy: 'average',
    ...options,
  })
}

async function opened(options: Partial<LoopConsensusOptions> = {}) {
  const made = round(options)
  await made.open()
  return made
}

/** All votes, in order; the result of the last. */
async function voteAll(it: LoopConsensus, confidences: number[]) {
  let result = null
  for (const [index, confidence] of confidences.entries()) {
    result = await it.vote({ validatorId: it.validators[index] ?? '', confidence })
  }
  return result
}

const eventsOf = async <T extends string>(type: T) =>
  (await space.events()).filter((it) => it.type === type) as Extract<
    EventOf<'consensus.opened' | 'consensus.decided' | 'consensus.vote_replaced'>,
    { type: T }
  >[]

const refusal = (reason: string) => (error: unknown) =>
  isConsensusRefusedError(error) && error.reason === reason

describe('opening', () => {
  it('happens once, however many do it, and tells the board', async () => {
    const answers = await Promise.all([round().open(), round().open(), round().open()])
    expect(answers.filter(Boolean)).toHaveLength(1)
    const [event, ...more] = await eventsOf('consensus.opened')
    expect(more).toEqual([])
    expect(event?.data).toMatchObject({
      key: 'swarm-1:2:run-1:1',
      threshold: 0.9,
      validators: three,
      quorum: 2,
    })
  })

  it('with another definition is refused', async () => {
    await round().open()
    await expect(round({ threshold: 0.8 }).open()).rejects.toSatisfy(refusal('differs'))
    await expect(round({ validators: ['a', 'b'] }).open()).rejects.toSatisfy(refusal('differs'))
  })

  it('of a single validator has to be asked for', async () => {
    expect(() => round({ validators: ['solo'] })).toThrow(InvalidInputError)
    const asked = await opened({ validators: ['solo'], quorum: 1 })
    expect(await voteAll(asked, [0.95])).toMatchObject({ decision: 'proceed', missing: [] })
  })

  it.each([
    ['swarmId', { swarmId: 'a:b' }],
    ['loop', { loop: 2.5 }],
    ['iteration', { iteration: -1 }],
    ['runId', { runId: '' }],
    ['threshold', { threshold: Number.NaN }],
    ['threshold', { threshold: 90 }],
    ['validators', { validators: [] }],
    ['validators', { validators: ['a', 'a'] }],
    ['validators', { validators: ['a', 'b c'] }],
    ['quorum', { quorum: 0 }],
    ['quorum', { quorum: 4 }],
    ['deadlineMs', { deadlineMs: 0 }],
    ['policy', { policy: 'most' as 'average' }],
    ['namespace', { namespace: '{a}' }],
    ['maxIterations', { maxIterations: Number.POSITIVE_INFINITY }],
  ])('refuses a bad %s', (field, options) => {
    expect(() => round(options)).toThrow(expect.objectContaining({ field }))
  })
})

describe('the votes', () => {
  it.each([
    ['0.85, 0.95 and 0.90 do reach 0.90', [0.85, 0.95, 0.9], 'proceed'],
    ['a millionth less does not', [0.85, 0.95, 0.899999], 'relaunch'],
    ['all at the threshold', [0.9, 0.9, 0.9], 'proceed'],
    ['nobody is confident', [0, 0, 0], 'relaunch'],
    ['everybody is sure', [1, 1, 1], 'proceed'],
  ])('%s', async (_, confidences, decision) => {
    expect(await voteAll(await opened(), confidences)).toMatchObject({ decision })
  })

  it('decide when all are in, not before', async () => {
    const it = await opened()
    expect(await it.vote({ validatorId: 'reviewer', confidence: 0.92 })).toBeNull()
    expect(await it.result()).toBeNull()
    await it.vote({ validatorId: 'security', confidence: 0.89 })
    const result = await it.vote({ validatorId: 'performance', confidence: 0.94 })
    expect(result).toMatchObject({ decision: 'proceed', min: 0.89, missing: [], by: 'system' })
    expect(result?.average).toBeCloseTo(0.916666666, 8)
    expect(await it.result()).toEqual(result)
  })

  it('of one validator are one: a correction replaces it, and both are in the log', async () => {
    const it = await opened()
    await it.vote({ validatorId: 'reviewer', confidence: 0.1, issues: ['no tests'] })
    await it.vote({ validatorId: 'reviewer', confidence: 0.95 })
    const stored = await createConsensusStore(redis, space.keys).read(it.key)
    expect(stored?.votes).toMatchObject([
      { validatorId: 'reviewer', confidence: 0.95, replaced: 1, issues: [] },
    ])
    const [replaced] = await eventsOf('consensus.vote_replaced')
    expect(replaced?.data).toMatchObject({ confidence: 0.95, previous: 0.1 })
    const result = await voteAll(it, [0.95, 0.9, 0.85])
    expect(result).toMatchObject({ decision: 'proceed', issues: [] })
    expect(result?.votes).toHaveLength(3)
  })

  it('said again in the same words are the same vote, also when it has decided', async () => {
    const it = await opened({ validators: ['a', 'b'] })
    await it.vote({ validatorId: 'a', confidence: 0.9 })
    const decided = await it.vote({ validatorId: 'b', confidence: 0.9 })
    expect(await it.vote({ validatorId: 'b', confidence: 0.9 })).toEqual(decided)
    expect((await space.types()).filter((type) => type.startsWith('consensus.vote'))).toHaveLength(
      2,
    )
  })

  it('after the decision are refused', async () => {
    const it = await opened({ validators: ['a', 'b'] })
    await voteAll(it, [0.9, 0.9])
    await expect(it.vote({ validatorId: 'a', confidence: 0.1 })).rejects.toSatisfy(
      refusal('decided'),
    )
  })

  it('of who was not asked are refused, and so are those in no round', async () => {
    const it = await opened()
    await expect(it.vote({ validatorId: 'stranger', confidence: 1 })).rejects.toSatisfy(
      refusal('not_asked'),
    )
    await expect(
      round({ iteration: 7 }).vote({ validatorId: 'reviewer', confidence: 1 }),
    ).rejects.toSatisfy(refusal('unknown'))
  })

  it.each([
    Number.NaN,
    -0.000001,
    1.000001,
    Number.POSITIVE_INFINITY,
    '0.9' as unknown as number,
    undefined as unknown as number,
    null as unknown as number,
  ])('with a confidence of %s are refused, and nothing is written', async (confidence) => {
    const it = await opened()
    await expect(it.vote({ validatorId: 'reviewer', confidence })).rejects.toMatchObject({
      name: 'InvalidInputError',
      field: 'confidence',
    })
    expect((await createConsensusStore(redis, space.keys).read(it.key))?.votes).toEqual([])
  })

  it('with remarks beyond measure are refused', async () => {
    const it = await opened()
    const vote = { validatorId: 'reviewer', confidence: 0.9 }
    const bad = [
      { issues: ['x'.repeat(501)] },
      { recommendations: Array.from({ length: 101 }, () => 'x') },
      { issues: Array.from({ length: 60 }, () => 'ü'.repeat(400)) },
      { issues: [7] as unknown as string[] },
    ]
    for (const remarks of bad) {
      await expect(it.vote({ ...vote, ...remarks })).rejects.toBeInstanceOf(InvalidInputError)
    }
  })

  it('merge their remarks, each once, in the order of the validators', async () => {
    const it = await opened()
    const say = (validatorId: string, recommendations: string[], issues: string[] = []) =>
      it.vote({ validatorId, confidence: 0.95, recommendations, issues })
    await say('performance', ['Cache "it"', 'Add rate limiting'])
    await say('security', ['Add rate limiting', 'Improve error messages'], ['no CSRF'])
    const result = await say('reviewer', ['Improve error messages', 'Ünïcode \\ / "'])
    expect(result?.recommendations).toEqual([
      'Improve error messages',
      'Ünïcode \\ / "',
      'Add rate limiting',
      'Cache "it"',
    ])
    expect(result?.issues).toEqual(['no CSRF'])
  })

  it('of a fenced incarnation are refused and counted', async () => {
    const manager = new BlockingCoordinationManager({
      redisClient: redis,
      namespace: NAMESPACE,
      coordinatorId: 'reviewer',
      hmacSecret: 'the secret of these tests, long enough for all',
    })
    await manager.recordActivity('loop-2-validation')
    const it = await opened()
    await it.vote({ validatorId: 'reviewer', confidence: 0.5 })
    // Somebody starts afresh under the same name.
    const newer = space.life('reviewer')
    await newer.ensure()
    await expect(it.vote({ validatorId: 'reviewer', confidence: 0.9 })).rejects.toSatisfy(
      isFencedError,
    )
    expect((await space.record('reviewer')).refused).toBe('1')
    expect((await createConsensusStore(redis, space.keys).read(it.key))?.votes).toMatchObject([
      { confidence: 0.5 },
    ])
    await newer.stop()
    await manager.cleanup()
  })

  it('in any order and with any corrections: the last of each counts, once', async () => {
    const oneVote = fc.record({
      who: fc.nat(3),
      confidence: fc.integer({ min: 0, max: 1_000_000 }).map((it) => it / 1_000_000),
    })
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(oneVote, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 1_000_000 }).map((it) => it / 1_000_000),
        async (votes, threshold) => {
          const validators = ['v0', 'v1', 'v2', 'v3']
          const it = await opened({ runId: `run-${++run}`, validators, threshold })
          const counted = new Map<string, number>()
          let result = null
          for (const { who, confidence } of votes) {
            const validatorId = validators[who] ?? ''
            if (counted.size === 4) {
              if (counted.get(validatorId) === confidence) continue
              await expect(it.vote({ validatorId, confidence })).rejects.toSatisfy(
                refusal('decided'),
              )
              continue
            }
            counted.set(validatorId, confidence)
            result = await it.vote({ validatorId, confidence })
          }
          expect(result === null).toBe(counted.size < 4)
          expect((await createConsensusStore(redis, space.keys).read(it.key))?.votes.length).toBe(
            counted.size,
          )
          if (result === null) return
          const millionths = [...counted.values()].map((value) => BigInt(Math.round(value * 1e6)))
          const sum = millionths.reduce((all, value) => all + value, 0n)
          const reached = sum >= BigInt(Math.round(threshold * 1e6)) * 4n
          expect(result.decision).toBe(reached ? 'proceed' : 'relaunch')
          expect(result.average).toBeCloseTo(Number(sum) / 4e6, 9)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('the deadline', () => {
  it('decides with a quorum, and names who is missing', async () => {
    const it = await opened({ deadlineMs: 60 })
    await it.vote({ validatorId: 'reviewer', confidence: 0.95 })
    await it.vote({ validatorId: 'security', confidence: 0.9 })
    expect(await it.waitForDecision(5000)).toMatchObject({
      decision: 'proceed',
      missing: ['performance'],
    })
  })

  it('expires without one, also when nobody voted', async () => {
    const it = await opened({ deadlineMs: 60 })
    await it.vote({ validatorId: 'reviewer', confidence: 0.95 })
    expect(await it.waitForDecision(5000)).toMatchObject({
      decision: 'expired',
      missing: ['security', 'performance'],
      average: 0.95,
    })
    const none = await opened({ deadlineMs: 30, iteration: 2 })
    expect(await none.waitForDecision(5000)).toMatchObject({ average: null, min: null, votes: [] })
    expect((await space.types()).filter((type) => type === 'consensus.expired')).toHaveLength(2)
  })

  it('refuses the vote that comes too late, though no monitor ran', async () => {
    const it = await opened({ deadlineMs: 30 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    await expect(it.vote({ validatorId: 'reviewer', confidence: 1 })).rejects.toSatisfy(
      refusal('decided'),
    )
    expect(await it.result()).toMatchObject({ decision: 'expired' })
  })

  it('stands in the list of deadlines while the round is open, and not after it', async () => {
    const it = await opened({ validators: ['a', 'b'] })
    expect(await redis.zscore(space.keys.deadlines, `consensus:${it.key}`)).not.toBeNull()
    await voteAll(it, [0.9, 0.9])
    expect(await redis.zscore(space.keys.deadlines, `consensus:${it.key}`)).toBeNull()
    expect(await redis.ttl(space.keys.consensusByKey(it.key))).toBeGreaterThan(29 * 86_400)
  })
})

describe('how many rounds are kept', () => {
  const open = (iteration: number) => round({ iteration, maxIterations: 99_999 }).open()
  const openUpTo = async (from: number, to: number) => {
    for (let at = from; at < to; at += 500) {
      await Promise.all(Array.from({ length: Math.min(500, to - at) }, (_, it) => open(at + it)))
    }
  }

  it('is bounded: the oldest decided ones make room, open ones never do', async () => {
    await openUpTo(0, 10_000)
    const decided = round({ iteration: 3, maxIterations: 99_999 })
    await voteAll(decided, [1, 1, 1])
    await open(10_000)
    expect(await redis.exists(space.keys.consensusByKey(decided.key))).toBe(0)
    expect(await redis.zcard(space.keys.consensusIndex)).toBe(10_000)
    await openUpTo(10_001, 11_001)
    await expect(open(11_001)).rejects.toSatisfy(refusal('full'))
    expect(await redis.zcard(space.keys.consensusIndex)).toBe(11_000)
  })
})

describe('the loops', () => {
  const base = { swarmId: 'swarm-1', runId: 'run-1', iteration: 1 }

  it('loop 3: everyone is confident of 0.75 or more', async () => {
    const options = {
      ...base,
      redisClient: redis,
      namespace: NAMESPACE,
      validators: ['coder', 'tester'],
    }
    const it = loop3Consensus(options)
    await it.open()
    expect(await voteAll(it, [1, 0.749999])).toMatchObject({ decision: 'relaunch' })
    const second = it.next()
    await second.open()
    expect(await voteAll(second, [0.75, 0.75])).toMatchObject({ decision: 'proceed' })
  })

  it('loop 2: two to four validators', () => {
    const of = (validators: string[]) =>
      loop2Consensus({ ...base, redisClient: redis, namespace: NAMESPACE, validators })
    expect(() => of(['a'])).toThrow('2 to 4')
    expect(() => of(['a', 'b', 'c', 'd', 'e'])).toThrow('2 to 4')
    expect(of(three)).toMatchObject({ loop: 2, threshold: 0.9, policy: 'average', quorum: 2 })
  })

  it('relaunches until the tenth iteration, which is exhausted', async () => {
    let it = loop2Consensus({
      ...base,
      redisClient: redis,
      namespace: NAMESPACE,
      validators: ['a', 'b'],
    })
    const decisions: (string | undefined)[] = []
    for (;;) {
      await it.open()
      const result = await voteAll(it, [0.5, 0.6])
      decisions.push(result?.decision)
      if (result?.decision !== 'relaunch') break
      it = it.next()
    }
    expect(decisions).toHaveLength(10)
    expect(decisions.at(-1)).toBe('exhausted')
    expect(it.iteration).toBe(10)
  })

  it('loop 4: the owner decides, and nobody else', async () => {
    const it = loop4Consensus({
      ...base,
      redisClient: redis,
      namespace: NAMESPACE,
      validators: ['product-owner'],
    })
    await it.open()
    await expect(it.decide({ ownerId: 'passer-by', decision: 'proceed' })).rejects.toSatisfy(
      refusal('not_asked'),
    )
    const result = await it.decide({ decision: 'defer', recommendations: ['later'] })
    expect(result).toMatchObject({
      decision: 'defer',
      by: 'product-owner',
      recommendations: ['later'],
      missing: [],
      average: null,
    })
    expect(await it.decide({ decision: 'defer' })).toMatchObject({ decision: 'defer' })
    await expect(it.decide({ decision: 'proceed' })).rejects.toSatisfy(refusal('decided'))
  })

  it('an owner has no say where votes decide', async () => {
    const it = await opened()
    await expect(it.decide({ decision: 'proceed' })).rejects.toSatisfy(refusal('policy'))
  })
})

describe('waiting for the decision', () => {
  it('ends the moment the last vote is in, for all who wait', async () => {
    const it = await opened({ validators: ['a', 'b'] })
    const waits = Array.from({ length: 20 }, () => it.waitForDecision(20_000))
    const elsewhere = server.client()
    const validator = new ConsensusRound({
      redisClient: elsewhere,
      namespace: NAMESPACE,
      key: it.key,
    })
    await validator.vote({ validatorId: 'a', confidence: 0.9 })
    await validator.vote({ validatorId: 'b', confidence: 0.9 })
    for (const result of await Promise.all(waits)) expect(result?.decision).toBe('proceed')
  })

  it('answers at once what was decided before, and null at the timeout', async () => {
    const it = await opened({ validators: ['a', 'b'] })
    expect(await it.waitForDecision(0)).toBeNull()
    expect(await it.waitForDecision(30)).toBeNull()
    await voteAll(it, [0.9, 0.9])
    expect(await it.waitForDecision(0)).toMatchObject({ decision: 'proceed' })
    expect(await it.waitForDecision(Number.MAX_SAFE_INTEGER)).toMatchObject({
      decision: 'proceed',
    })
  })

  it('stands on the board when it lasts, with whose votes are missing', async () => {
    const parent = new BlockingCoordinationManager({
      redisClient: redis,
      namespace: NAMESPACE,
      coordinatorId: 'parent',
      hmacSecret: 'the secret of these tests, long enough for all',
    })
    await parent.recordActivity('loop-2')
    const it = await opened({ coordinatorId: 'parent' })
    await it.vote({ validatorId: 'security', confidence: 1 })
    const wait = it.waitForDecision(20_000)
    const waits = async () => parseCoordinator('parent', await space.record('parent'))
    await until(async () => {
      const parsed = await waits()
      return parsed.ok && parsed.value.waits.length === 1
    })
    expect(await waits()).toMatchObject({
      value: { waits: [{ kind: 'decision', consensus: it.key, on: ['reviewer', 'performance'] }] },
    })
    await it.vote({ validatorId: 'reviewer', confidence: 1 })
    await it.vote({ validatorId: 'performance', confidence: 1 })
    expect((await wait)?.decision).toBe('proceed')
    await until(async () => (await space.types()).includes('coordinator.unblocked'))
    await parent.cleanup()
  })

  it('ends with its signal, and in a round that does not exist', async () => {
    const it = await opened()
    const stop = new AbortController()
    const wait = expect(it.waitForDecision(20_000, { signal: stop.signal })).rejects.toThrow('stop')
    stop.abort(new Error('stop'))
    await wait
    await expect(round({ iteration: 9 }).waitForDecision(20_000)).rejects.toSatisfy(
      refusal('unknown'),
    )
  })
})
