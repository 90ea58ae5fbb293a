import { InvalidInputError } from '../redis/errors'
import { LoopConsensus, type LoopConsensusOptions } from './loop-consensus'

type Given = 'loop' | 'policy' | 'threshold'
type PresetOptions = Omit<LoopConsensusOptions, Given> &
  Partial<Pick<LoopConsensusOptions, 'threshold'>>

/** Each implementer's confidence in its own work. */
export const LOOP_3_THRESHOLD = 0.75
/** The validators' average. */
export const LOOP_2_THRESHOLD = 0.9

/** Loop 3, implementation: every implementer is confident of its own work by 0.75 or more. */
export function loop3Consensus(options: PresetOptions): LoopConsensus {
  return new LoopConsensus({ threshold: LOOP_3_THRESHOLD, ...options, loop: 3, policy: 'every' })
}

/** Loop 2, validation: 2 to 4 validators reach 0.90 on average, else the work is relaunched. */
export function loop2Consensus(options: PresetOptions): LoopConsensus {
  const count = options.validators.length
  if (count > 4 || (count < 2 && options.quorum !== 1)) {
    throw new InvalidInputError('validators', 'must be 2 to 4 in loop 2')
  }
  return new LoopConsensus({ threshold: LOOP_2_THRESHOLD, ...options, loop: 2, policy: 'average' })
}

/** Loop 4: the product owner, the only one in `validators`, says proceed, defer or escalate. */
export function loop4Consensus(options: Omit<PresetOptions, 'threshold'>): LoopConsensus {
  return new LoopConsensus({ ...options, threshold: 0, loop: 4, policy: 'owner' })
}
