import type { ConsensusView, Decision, Outcome, Vote } from '../protocol/consensus'
import { consensusKeySchema } from '../protocol/ids'
import { InvalidInputError } from '../redis/errors'
import { hintHubOf } from '../redis/hint-hub'
import { namespaceKeys } from '../redis/keys'
import { parseConsensus, parseOutcome } from '../redis/records/consensus-record'
import type { RedisLike } from '../redis/redis-like'
import { createScriptRunner, type RunScript } from '../redis/run-script'
import { errorOfAnswer } from '../redis/script-codes'
import { checkId, checkMillionths, checkRemarks } from './consensus-input'
import { type ConsensusRefusal, ConsensusRefusedError } from './consensus-refused-error'
import { localLifeOf } from './local-lives'
import { guardScripts, redisBreakerOf } from './redis-breaker'
import { ShownWaits } from './shown-waits'
import type { ShownWait } from './wait'
import { waitForDecision } from './wait-for-decision'

/** One validator's answer. */
export interface ConsensusVote {
  readonly validatorId: string
  /** 0 to 1. */
  readonly confidence: number
  /** At most 100 texts of at most 500 characters each; so are the recommendations. */
  readonly issues?: readonly string[]
  readonly recommendations?: readonly string[]
}

/** What an owner says. */
export interface OwnerDecision {
  /** The product owner: one of the round's validators. */
  readonly ownerId: string
  readonly decision: 'proceed' | 'defer' | 'escalate'
  readonly issues?: readonly string[]
  readonly recommendations?: readonly string[]
}

/** How a round ended. */
export interface ConsensusResult {
  readonly decision: Decision
  /** Of all votes, 0 to 1; null where nobody voted. */
  readonly average: number | null
  readonly min: number | null
  readonly votes: readonly Vote[]
  /** Validators that had not voted. */
  readonly missing: readonly string[]
  /** Of all votes, each once, in the order of the validators. */
  readonly recommendations: readonly string[]
  readonly issues: readonly string[]
  /** `system`, or the owner or operator who decided. */
  readonly by: string
  /** Redis' time of the decision, ms. */
  readonly at: number
}

export interface ConsensusRoundOptions {
  readonly redisClient: RedisLike
  /** `swarm:loop:run:iteration` */
  readonly key: string
  readonly namespace?: string
  /** Who opens it and waits for it, as the log and the board name it. Default `system`. */
  readonly coordinatorId?: string
}

/** A round of votes that somebody opened: what a validator needs, who knows only its key. */
export class ConsensusRound {
  readonly key: string
  protected readonly redis: RedisLike
  protected readonly keys: ReturnType<typeof namespaceKeys>
  readonly #coordinatorId: string | undefined
  /** Whose votes were missing when it was last read. */
  #awaited: string[] = []

  /** @throws InvalidInputError on a bad key, coordinator or namespace */
  constructor(options: ConsensusRoundOptions) {
    if (!consensusKeySchema.safeParse(options.key).success) {
      throw new InvalidInputError('key', 'must be swarm:loop:run:iteration')
    }
    // '' is the one without a name, as everywhere.
    if (options.namespace) checkId('namespace', options.namespace)
    if (options.coordinatorId !== undefined) checkId('coordinatorId', options.coordinatorId)
    this.key = options.key
    this.redis = options.redisClient
    this.keys = namespaceKeys(options.namespace)
    this.#coordinatorId = options.coordinatorId
  }

  /**
   * Votes, or corrects the vote of before: one counts, both stay in the log.
   *
   * @returns the result where this vote decided the round, or null while others are missing
   * @throws InvalidInputError on a confidence that is no number from 0 to 1, and other bad fields
   * @throws ConsensusRefusedError when the round is not open, or did not ask this validator
   * @throws FencedError when this process' incarnation of the validator was replaced
   */
  async vote(vote: ConsensusVote): Promise<ConsensusResult | null> {
    const validatorId = checkId('validatorId', vote.validatorId)
    const args = [
      checkMillionths('confidence', vote.confidence),
      checkRemarks('issues', vote.issues),
      checkRemarks('recommendations', vote.recommendations),
    ]
    const answer = await this.run(validatorId)('castVote', this.#scriptKeys(), [
      this.key,
      validatorId,
      ...this.#incarnationOf(validatorId),
      ...args,
    ])
    this.#refuseUnlessOk(answer, validatorId, 'vote')
    return answer[2] ? this.#resultOf(parseOutcome(answer[2])) : null
  }

  /**
   * The word of the owner, in a round whose policy is `owner`. Said again by the same, it is the same.
   *
   * @throws ConsensusRefusedError when it is decided otherwise, or not this owner's to decide
   */
  async decide(word: OwnerDecision): Promise<ConsensusResult> {
    const ownerId = checkId('ownerId', word.ownerId)
    if (!['proceed', 'defer', 'escalate'].includes(word.decision)) {
      throw new InvalidInputError('decision', "must be 'proceed', 'defer' or 'escalate'")
    }
    const answer = await this.run(ownerId)('decideConsensus', this.#scriptKeys(), [
      this.key,
      word.decision,
      ...this.#incarnationOf(ownerId),
      checkRemarks('issues', word.issues),
      checkRemarks('recommendations', word.recommendations),
    ])
    this.#refuseUnlessOk(answer, ownerId, 'decide')
    return this.#resultOf(parseOutcome(answer[1] ?? ''))
  }

  /** The result, or null while the round is open. Past its deadline it never is. */
  async result(): Promise<ConsensusResult | null> {
    const { round } = await this.read()
    return round.outcome ? resultOf(round, round.outcome) : null
  }

  /**
   * Waits until the round is decided or expires.
   *
   * @param timeoutMs how long at most; 0 looks once
   * @returns the result the moment it is there, or null at the timeout
   * @throws the signal's reason; ConsensusRefusedError where there is no such round
   */
  waitForDecision(
    timeoutMs: number,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<ConsensusResult | null> {
    if (Number.isNaN(timeoutMs) || timeoutMs < 0) {
      throw new InvalidInputError('timeoutMs', 'must be a number of milliseconds from 0 on')
    }
    return waitForDecision<ConsensusResult>({
      timeoutMs,
      signal,
      shown: this.#shown(),
      hub: hintHubOf(this.redis),
      channel: this.keys.consensusHint(this.key),
      look: async () => {
        const { round, now } = await this.read()
        if (round.outcome) return { result: resultOf(round, round.outcome) }
        return { endsInMs: round.deadline - now }
      },
      isHopeless: (error) => error instanceof ConsensusRefusedError,
    })
  }

  /** The round as it is, and Redis' time, ms. What had run out is settled first. */
  protected async read(): Promise<{ round: ConsensusView; now: number }> {
    const answer = await this.run()('settleConsensus', this.#scriptKeys(), [this.key])
    this.#refuseUnlessOk(answer, '', 'read')
    const [, now, ...fields] = answer
    const hash: Record<string, string> = {}
    for (let at = 0; at + 1 < fields.length; at += 2) hash[fields[at] ?? ''] = fields[at + 1] ?? ''
    const parsed = parseConsensus(this.key, hash)
    if (!parsed.ok) throw new Error(`${this.keys.consensusByKey(this.key)}: ${parsed.problem}`)
    const voted = new Set(parsed.value.votes.map((it) => it.validatorId))
    this.#awaited = parsed.value.validators.filter((it) => !voted.has(it))
    return { round: parsed.value, now: Number(now) }
  }

  protected run(actor = this.#coordinatorId): RunScript {
    const runner = createScriptRunner(this.redis, this.keys, actor)
    return guardScripts(runner, redisBreakerOf(this.redis)).run
  }

  protected refused(reason: ConsensusRefusal, detail: string): ConsensusRefusedError {
    return new ConsensusRefusedError(this.key, reason, detail)
  }

  /**
   * Where the voter's manager is in this process, the vote is its incarnation's: refused once that was
   * replaced. Who has none here, or has not registered, votes by name alone.
   */
  #incarnationOf(id: string): [string, string] {
    const who = localLifeOf(this.redis, this.keys.prefix, id)?.incarnation
    return who ? [String(who.epoch), who.instance] : ['', '']
  }

  /** The wait of a coordinator of this process stands on the board. */
  #shown(): ShownWait {
    const life = this.#coordinatorId
      ? localLifeOf(this.redis, this.keys.prefix, this.#coordinatorId)
      : undefined
    if (!life) return { begin: () => {}, end: () => {} }
    const runner = createScriptRunner(this.redis, this.keys, life.coordinatorId)
    const guarded = guardScripts(runner, redisBreakerOf(this.redis))
    const subject = { kind: 'decision', on: () => this.#awaited, consensus: this.key } as const
    return new ShownWaits(life, guarded).of(subject)
  }

  #scriptKeys(): string[] {
    return [this.keys.consensusByKey(this.key), this.keys.events, this.keys.deadlines]
  }

  async #resultOf(outcome: Outcome): Promise<ConsensusResult> {
    const { round } = await this.read()
    return resultOf(round, outcome)
  }

  #refuseUnlessOk([code, ...rest]: string[], who: string, operation: string): void {
    switch (code) {
      case 'OK':
        return
      case 'UNKNOWN':
        throw this.refused('unknown', 'there is no such round; open() comes first')
      case 'NOT_ASKED':
        throw this.refused('not_asked', `${who} is not asked in this round`)
      case 'POLICY':
        throw this.refused('policy', `its votes decide (policy ${rest[0]}), not an owner`)
      case 'DECIDED':
        throw this.refused('decided', `it has ended: ${parseOutcome(rest[0] ?? '').decision}`)
    }
    const error = errorOfAnswer([code ?? '', ...rest], { operation, coordinatorId: who })
    throw error ?? new Error(`${operation} of consensus ${this.key}: Redis answered ${code}`)
  }
}

function resultOf(round: ConsensusView, outcome: Outcome): ConsensusResult {
  const { decision, average, min, missing, recommendations, issues, by, at } = outcome
  return {
    decision,
    average,
    min,
    votes: round.votes,
    missing,
    recommendations,
    issues,
    by,
    at,
  }
}
