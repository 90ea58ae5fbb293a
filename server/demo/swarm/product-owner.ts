import { isConsensusRefusedError } from '@/lib/cfn-loop/consensus-refused-error'
import { ConsensusRound } from '@/lib/cfn-loop/consensus-round'
import type { Member } from './member'
import { work } from './worker'

const THINKING_MS = 2000

/** Below this the work is good enough to use, and not good enough to call it done. */
const CLEARLY_GOOD = 0.92

export function wordFor(average: number): 'proceed' | 'defer' {
  return average >= CLEARLY_GOOD ? 'proceed' : 'defer'
}

/** Loop 4: the last word about a run. */
export function own(member: Member): Promise<void> {
  return work(member, async (job, _lead, bench) => {
    if (job.kind !== 'decide') return
    await member.manager.recordActivity('loop-4-decision', job.iteration)
    await bench.step(THINKING_MS)
    if (!bench.isStale()) await decide(member, job.round, wordFor(job.average))
  })
}

export async function decide(
  member: Member,
  key: string,
  decision: 'proceed' | 'defer',
): Promise<void> {
  const round = new ConsensusRound({ redisClient: member.redis, key, coordinatorId: member.id })
  try {
    await round.decide({ ownerId: member.id, decision })
  } catch (error) {
    // An operator was faster, or the round asked the one whose place this member took.
    if (!isConsensusRefusedError(error)) throw error
    member.say('could not decide', { why: error.message })
  }
}
