/** Why a round of votes did not take what it was given. */
export type ConsensusRefusal =
  /** There is no such round: open it first. */
  | 'unknown'
  /** The voter is not among its validators, or the one who decides is not its owner. */
  | 'not_asked'
  /** It is decided, or its deadline has passed. */
  | 'decided'
  /** Its votes decide, not an owner. */
  | 'policy'
  /** It was opened with other validators, threshold, quorum or policy. */
  | 'differs'
  /** More rounds are open than are kept. */
  | 'full'

/** A round of votes refused a vote, a decision or its opening. Nothing was written. */
export class ConsensusRefusedError extends Error {
  override readonly name = 'ConsensusRefusedError'
  constructor(
    /** `swarm:loop:run:iteration` */
    readonly key: string,
    readonly reason: ConsensusRefusal,
    detail: string,
  ) {
    super(`consensus ${key}: ${detail}`)
  }
}

export function isConsensusRefusedError(error: unknown): error is ConsensusRefusedError {
  return error instanceof Error && error.name === 'ConsensusRefusedError'
}
