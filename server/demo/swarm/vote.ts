import { isConsensusRefusedError } from '@/lib/cfn-loop/consensus-refused-error'
import { ConsensusRound } from '@/lib/cfn-loop/consensus-round'
import type { Member } from './member'
import type { Opinion } from './review'

/**
 * Votes, unless the round has ended or asked the one whose place this member took.
 *
 * @returns whether the vote counts
 */
export async function vote(member: Member, key: string, opinion: Opinion): Promise<boolean> {
  const round = new ConsensusRound({ redisClient: member.redis, key, coordinatorId: member.id })
  try {
    await round.vote({ validatorId: member.id, ...opinion })
    return true
  } catch (error) {
    if (!isConsensusRefusedError(error)) throw error
    member.say('could not vote', { why: error.message })
    return false
  }
}
