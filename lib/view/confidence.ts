import { CONFIDENCE_UNIT } from '../protocol/confidence-unit'
import type { ConsensusView, Decision } from '../protocol/consensus'

/** A confidence as the integer that it is compared by: 0.85, 0.95 and 0.90 do reach 0.90. */
export function millionths(confidence: number): number {
  return Math.round(confidence * CONFIDENCE_UNIT)
}

/** Whether the average of these reaches the threshold, in integers; nobody's votes never do. */
export function averageReaches(confidences: readonly number[], threshold: number): boolean {
  if (confidences.length === 0) return false
  const sum = confidences.reduce((all, it) => all + millionths(it), 0)
  return sum >= millionths(threshold) * confidences.length
}

export function averageOf(confidences: readonly number[]): number | null {
  if (confidences.length === 0) return null
  const sum = confidences.reduce((all, it) => all + millionths(it), 0)
  return sum / confidences.length / CONFIDENCE_UNIT
}

/** The threshold's own words for a confidence: two digits, more where two would lie about which side it is on. */
export function formatConfidence(confidence: number, threshold?: number): string {
  for (let digits = 2; digits < 6; digits++) {
    const shown = confidence.toFixed(digits)
    if (threshold === undefined) return shown
    const reaches = millionths(confidence) >= millionths(threshold)
    if (millionths(Number(shown)) >= millionths(threshold) === reaches) return shown
  }
  return confidence.toFixed(6)
}

/** Confidences so far, of validators that were asked. */
export function confidencesOf(round: ConsensusView): number[] {
  return round.votes
    .filter((it) => round.validators.includes(it.validatorId))
    .map((it) => it.confidence)
}

/** Who was asked and has not voted. */
export function missingVoters(round: ConsensusView): string[] {
  const voted = new Set(round.votes.map((it) => it.validatorId))
  return round.validators.filter((it) => !voted.has(it))
}

/** How good a decision is for whoever looks at it. */
export function toneOfDecision(decision: Decision): 'ok' | 'low' | 'bad' {
  if (decision === 'proceed') return 'ok'
  return decision === 'relaunch' || decision === 'defer' ? 'low' : 'bad'
}
