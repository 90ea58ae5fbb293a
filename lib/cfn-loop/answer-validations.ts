import type { Json } from '../protocol/json'
import type { Signal } from '../protocol/signal'
import type { BlockingCoordinationManager } from './blocking-coordination'
import { isConsensusRefusedError } from './consensus-refused-error'
import { ConsensusRound, type ConsensusVote } from './consensus-round'
import { parseValidationTask } from './validation-task'

export interface ValidatorOptions {
  readonly validator: BlockingCoordinationManager
  /** Judges the work. What it throws ends `answerValidations`, and leaves the vote to the deadline. */
  readonly validate: (task: Json, signal: Signal) => Promise<Omit<ConsensusVote, 'validatorId'>>
  /** Ends it. */
  readonly signal: AbortSignal
}

/**
 * A validator's part in `runValidation`: takes each task, acknowledges it, judges it and votes, until its
 * signal aborts. Votes for a round that has ended meanwhile are lost, as they have to be.
 */
export async function answerValidations(options: ValidatorOptions): Promise<void> {
  const { validator, validate, signal: stop } = options
  while (!stop.aborted) {
    const signal = await next(validator, stop)
    if (!signal) continue
    // A replacement votes in the place of whom it replaced.
    const { onBehalfOf } = await validator.acknowledgeSignal(signal)
    const task = parseValidationTask(signal.payload)
    if (!task) continue
    const round = new ConsensusRound({
      redisClient: validator.runner.redis,
      key: task.consensus,
      ...(validator.namespace === '' ? {} : { namespace: validator.namespace }),
    })
    const vote = await validate(task.task, signal)
    try {
      await round.vote({ ...vote, validatorId: onBehalfOf })
    } catch (error) {
      if (!isConsensusRefusedError(error)) throw error
    }
  }
}

/** The next signal, or null when it is time to stop. */
async function next(
  validator: BlockingCoordinationManager,
  stop: AbortSignal,
): Promise<Signal | null> {
  try {
    return await validator.waitForSignal({ timeoutMs: Number.POSITIVE_INFINITY, signal: stop })
  } catch (error) {
    if (stop.aborted) return null
    throw error
  }
}
