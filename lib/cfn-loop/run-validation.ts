import type { Json } from '../protocol/json'
import type { AnySignalType, SignalAck } from '../protocol/signal'
import type { BlockingCoordinationManager } from './blocking-coordination'
import { loop2Consensus } from './consensus-presets'
import type { ConsensusResult } from './consensus-round'
import type { LoopConsensus, LoopConsensusOptions } from './loop-consensus'
import { sendSignal } from './send-signal'
import { checkJson } from './signal-input'
import type { ValidationTask } from './validation-task'

type RoundOptions = Pick<
  LoopConsensusOptions,
  'threshold' | 'quorum' | 'deadlineMs' | 'runId' | 'maxIterations'
>

export interface ValidationOptions extends Partial<RoundOptions> {
  /** Sends the task and waits, under its own name and swarm. */
  readonly parent: BlockingCoordinationManager
  /** 2 to 4; one has to be asked for with `quorum: 1`. Each runs `answerValidations`, or does as it does. */
  readonly validators: readonly string[]
  /** What they judge: anything JSON can hold, up to 16 KB with the name of the round. */
  readonly task: Json
  /** Of the run. Default 1. */
  readonly iteration?: number
  /** Default `status_update`. */
  readonly type?: AnySignalType
  /** How long to wait for all ACKs, ms. Default 30,000. Who has not answered by then may still vote. */
  readonly ackTimeoutMs?: number
  /**
   * Does the work again after a `relaunch`, and answers the task to judge next. Without it one round is
   * all, and `relaunch` is the answer.
   */
  readonly relaunch?: (result: ConsensusResult, nextIteration: number) => Promise<Json>
  readonly signal?: AbortSignal
}

export interface ValidationOutcome {
  /** Of the last round. */
  readonly result: ConsensusResult
  readonly consensus: LoopConsensus
  readonly signalId: string
  /** By validator, of the last round. */
  readonly acks: ReadonlyMap<string, SignalAck>
  /** How long the last round's ACKs were waited for, ms. */
  readonly blockedMs: number
}

const DEADLINE_MS = 300_000
const ACK_TIMEOUT_MS = 30_000
/** Redis' clock ends the round; a wait a little longer than that hears of it. */
const BEYOND_DEADLINE_MS = 10_000

/**
 * Loop 2 in one call: opens a round of votes, sends the task to all validators, waits for their ACKs,
 * then for the decision; with `relaunch` again until it is another one, `exhausted` at the latest.
 *
 * @throws what the signal says when it aborts; TimeoutError and others where Redis is away
 */
export async function runValidation(options: ValidationOptions): Promise<ValidationOutcome> {
  const { parent, relaunch } = options
  let round = openingRound(options)
  let { task } = options
  for (;;) {
    const outcome = await validateOnce(options, round, task)
    if (outcome.result.decision !== 'relaunch' || !relaunch) return outcome
    round = round.next()
    await parent.recordActivity(undefined, round.iteration)
    task = await relaunch(outcome.result, round.iteration)
  }
}

function openingRound(options: ValidationOptions): LoopConsensus {
  const { parent, validators, iteration = 1, deadlineMs = DEADLINE_MS } = options
  return loop2Consensus({
    redisClient: parent.runner.redis,
    swarmId: parent.life.swarmId,
    coordinatorId: parent.coordinatorId,
    iteration,
    validators,
    deadlineMs,
    ...(parent.namespace === '' ? {} : { namespace: parent.namespace }),
    ...(options.runId === undefined ? {} : { runId: options.runId }),
    ...(options.threshold === undefined ? {} : { threshold: options.threshold }),
    ...(options.quorum === undefined ? {} : { quorum: options.quorum }),
    ...(options.maxIterations === undefined ? {} : { maxIterations: options.maxIterations }),
  })
}

async function validateOnce(
  { parent, type = 'status_update', ackTimeoutMs = ACK_TIMEOUT_MS, signal }: ValidationOptions,
  consensus: LoopConsensus,
  task: Json,
): Promise<ValidationOutcome> {
  const payload: ValidationTask = { task, consensus: consensus.key }
  const checked = checkJson('task', payload)
  // Nobody may look for a round that is not open yet.
  await consensus.open()
  const { signalId } = await sendSignal(parent.runner, {
    source: parent.coordinatorId,
    receiver: '*',
    targets: consensus.validators,
    type,
    iteration: consensus.iteration,
    payload: checked,
    ttlMs: consensus.deadlineMs,
    idempotency: 'content',
  })
  const given = signal === undefined ? {} : { signal }
  const startedAt = performance.now()
  const acks = await parent.waitForAcks(consensus.validators, signalId, ackTimeoutMs, given)
  const blockedMs = performance.now() - startedAt
  const result = await consensus.waitForDecision(consensus.deadlineMs + BEYOND_DEADLINE_MS, given)
  // Only a Redis that was away all the time leaves it open: the next look says so.
  const settled = result ?? (await consensus.result())
  if (!settled) throw new Error(`consensus ${consensus.key} is still open after its deadline`)
  return { result: settled, consensus, signalId, acks, blockedMs }
}
