import { CONFIDENCE_UNIT, type ConsensusView, type Decision } from '../protocol/consensus'
import { averageOf, averageReaches, millionths } from './confidence'

/** A question to the votes: another threshold, or one validator less. */
export interface WhatIf {
  readonly threshold?: number
  /** Validators that are left out. */
  readonly without?: ReadonlySet<string>
}

/** How one round would have come out. */
export interface Supposition {
  readonly key: string
  readonly iteration: number
  /** What was decided, or undefined while votes come in. */
  readonly was: Decision | undefined
  readonly average: number | null
  readonly min: number | null
  /** What the votes alone would say, with what is supposed. */
  readonly reaches: boolean
  /** What would have been decided; undefined where votes do not decide, or too few are in. */
  readonly would: Decision | undefined
  readonly flips: boolean
  /** Validators whose single vote made the difference: without them the decision would be another. */
  readonly decisive: readonly string[]
}

/** How a round would have come out. An owner's word never flips by votes. */
export function suppose(round: ConsensusView, what: WhatIf): Supposition {
  const threshold = what.threshold ?? round.threshold
  const without = what.without ?? new Set<string>()
  const asked = round.validators.filter((it) => !without.has(it))
  const votes = round.votes.filter((it) => asked.includes(it.validatorId))
  const confidences = votes.map((it) => it.confidence)
  const reaches = votesReach(round.policy, confidences, threshold)
  const was = round.outcome?.decision
  const would = decide(round, asked.length, confidences, reaches)
  const flips = was !== undefined && would !== undefined && was !== would
  const decisive =
    would === undefined
      ? []
      : votes
          .filter((vote) => {
            const others = votes.filter((it) => it !== vote).map((it) => it.confidence)
            return others.length > 0 && votesReach(round.policy, others, threshold) !== reaches
          })
          .map((it) => it.validatorId)
  return {
    key: round.key,
    iteration: round.iteration,
    was,
    average: averageOf(confidences),
    min: confidences.length === 0 ? null : Math.min(...confidences),
    reaches,
    would,
    flips,
    decisive,
  }
}

function votesReach(
  policy: ConsensusView['policy'],
  confidences: readonly number[],
  threshold: number,
): boolean {
  if (policy === 'every')
    return (
      confidences.length > 0 && confidences.every((it) => millionths(it) >= millionths(threshold))
    )
  return averageReaches(confidences, threshold)
}

function decide(
  round: ConsensusView,
  asked: number,
  confidences: readonly number[],
  reaches: boolean,
): Decision | undefined {
  if (round.policy === 'owner') return undefined
  const quorum = Math.min(round.quorum, asked)
  if (confidences.length === 0 || confidences.length < quorum) return undefined
  // While the round is open it decides only when all have voted.
  if (round.outcome === undefined && confidences.length < asked) return undefined
  if (reaches) return 'proceed'
  // What stood in for "not reached" stays: after the last iteration that is `exhausted`.
  const was = round.outcome?.decision
  return was === undefined || was === 'proceed' ? 'relaunch' : was
}

/** What is still needed of those who have not voted. */
export type Needed =
  | { readonly kind: 'nothing'; readonly missing: readonly string[] }
  | { readonly kind: 'impossible'; readonly missing: readonly string[] }
  /** Each of the missing has to give at least this (on average, when there are several). */
  | { readonly kind: 'at-least'; readonly confidence: number; readonly missing: readonly string[] }

/** The least that missing voters must give for the round to proceed; undefined when nobody is missing or votes do not decide. */
export function neededOf(round: ConsensusView, what: WhatIf = {}): Needed | undefined {
  if (round.policy === 'owner') return undefined
  const threshold = millionths(what.threshold ?? round.threshold)
  const asked = round.validators.filter((it) => !what.without?.has(it))
  const votes = round.votes.filter((it) => asked.includes(it.validatorId))
  const voted = new Set(votes.map((it) => it.validatorId))
  const missing = asked.filter((it) => !voted.has(it))
  if (missing.length === 0) return undefined
  const given = votes.map((it) => millionths(it.confidence))
  if (round.policy === 'every') {
    if (given.some((it) => it < threshold)) return { kind: 'impossible', missing }
    return { kind: 'at-least', confidence: threshold / CONFIDENCE_UNIT, missing }
  }
  const sum = given.reduce((all, it) => all + it, 0)
  const each = Math.ceil((threshold * asked.length - sum) / missing.length)
  if (each > CONFIDENCE_UNIT) return { kind: 'impossible', missing }
  if (each <= 0) return { kind: 'nothing', missing }
  return { kind: 'at-least', confidence: each / CONFIDENCE_UNIT, missing }
}
