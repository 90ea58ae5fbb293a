import type { ConsensusPolicy } from '../protocol/consensus'
import { CONFIDENCE_UNIT } from '../protocol/consensus'
import { InvalidInputError } from '../redis/errors'
import type { RedisLike } from '../redis/redis-like'
import {
  checkDeadline,
  checkId,
  checkIteration,
  checkLoop,
  checkMillionths,
  checkPolicy,
  checkQuorum,
  checkValidators,
} from './consensus-input'
import { type ConsensusResult, ConsensusRound, type OwnerDecision } from './consensus-round'
import { randomId } from './random-id'

export interface LoopConsensusOptions {
  readonly redisClient: RedisLike
  readonly swarmId: string
  /** 0 to 99. */
  readonly loop: number
  /** Of this run, counted by whoever opens its rounds. */
  readonly iteration: number
  /** What the iterations of one attempt have in common. Default: a random one. */
  readonly runId?: string
  /** 0 to 1, compared in millionths. */
  readonly threshold: number
  /** Who may vote: 1 to 100 ids, each once. With the policy `owner`: who may decide. */
  readonly validators: readonly string[]
  /**
   * Votes that are enough when the deadline comes. Default: more than half of the validators, with
   * the policy `every` all of them. A single validator has to be asked for with `quorum: 1`.
   */
  readonly quorum?: number
  /** Time from opening until it ends with the votes that are in, ms. Default 300,000. */
  readonly deadlineMs?: number
  /** Whether the `average` of the votes, `every` single one, or the `owner`'s word decides. */
  readonly policy: ConsensusPolicy
  /** From this iteration on, a round that is not reached is `exhausted`, not `relaunch`. Default 10. */
  readonly maxIterations?: number
  readonly namespace?: string
  /** Who opens it and waits for it, as the log and the board name it. Default `system`. */
  readonly coordinatorId?: string
}

/** The iteration whose failure ends a run. */
export const MAX_ITERATIONS = 10
const DEADLINE_MS = 300_000

/**
 * One round of votes: who is asked, and what they have to reach. It decides when all have voted, or at
 * its deadline if the quorum holds; else it expires.
 */
export class LoopConsensus extends ConsensusRound {
  readonly swarmId: string
  readonly loop: number
  readonly iteration: number
  readonly runId: string
  readonly threshold: number
  readonly validators: readonly string[]
  readonly quorum: number
  readonly policy: ConsensusPolicy
  readonly deadlineMs: number
  readonly maxIterations: number
  readonly #options: LoopConsensusOptions

  /** @throws InvalidInputError naming the option and its rule */
  constructor(options: LoopConsensusOptions) {
    const swarmId = checkId('swarmId', options.swarmId)
    const loop = checkLoop(options.loop)
    const runId = checkId('runId', options.runId ?? randomId(12))
    const iteration = checkIteration('iteration', options.iteration)
    super({
      redisClient: options.redisClient,
      key: `${swarmId}:${loop}:${runId}:${iteration}`,
      ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
      ...(options.coordinatorId === undefined ? {} : { coordinatorId: options.coordinatorId }),
    })
    this.#options = { ...options, runId }
    this.swarmId = swarmId
    this.loop = loop
    this.runId = runId
    this.iteration = iteration
    this.policy = checkPolicy(options.policy)
    this.threshold = checkMillionths('threshold', options.threshold) / CONFIDENCE_UNIT
    this.validators = checkValidators(options.validators)
    const count = this.validators.length
    if (count === 1 && this.policy !== 'owner' && options.quorum !== 1) {
      throw new InvalidInputError(
        'validators',
        'must be at least 2: one is no consensus, unless quorum: 1 asks for it',
      )
    }
    this.quorum = checkQuorum(options.quorum ?? defaultQuorum(this.policy, count), count)
    this.deadlineMs = checkDeadline(options.deadlineMs ?? DEADLINE_MS)
    this.maxIterations = checkIteration('maxIterations', options.maxIterations ?? MAX_ITERATIONS)
  }

  /**
   * Opens the round, so that its validators can vote. Any number of processes may open the same one.
   *
   * @returns true where this call opened it, false where it was there
   * @throws ConsensusRefusedError where it was opened with other validators, threshold, quorum or policy
   */
  async open(): Promise<boolean> {
    const { keys } = this
    const [code, opened] = await this.run()(
      'openConsensus',
      [keys.consensusByKey(this.key), keys.events, keys.deadlines, keys.consensusIndex],
      [
        this.key,
        this.swarmId,
        this.loop,
        this.runId,
        this.iteration,
        Math.round(this.threshold * CONFIDENCE_UNIT),
        this.policy,
        this.quorum,
        this.deadlineMs,
        this.maxIterations,
        ...this.validators,
      ],
    )
    if (code === 'OK') return opened === '1'
    if (code === 'FULL') throw this.refused('full', 'more rounds are open than are kept')
    throw this.refused('differs', 'it is open with other validators, threshold, quorum or policy')
  }

  /** As in `ConsensusRound`; the owner is the first of the validators where none is named. */
  override decide(
    word: Omit<OwnerDecision, 'ownerId'> & { readonly ownerId?: string },
  ): Promise<ConsensusResult> {
    return super.decide({ ...word, ownerId: word.ownerId ?? this.validators[0] ?? '' })
  }

  /** The next iteration of the same run, to be opened after a `relaunch`. */
  next(
    changes: Partial<Pick<LoopConsensusOptions, 'validators' | 'deadlineMs'>> = {},
  ): LoopConsensus {
    return new LoopConsensus({ ...this.#options, ...changes, iteration: this.iteration + 1 })
  }
}

function defaultQuorum(policy: ConsensusPolicy, validators: number): number {
  if (policy === 'owner') return 1
  return policy === 'every' ? validators : Math.floor(validators / 2) + 1
}
