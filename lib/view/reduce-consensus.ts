import type { Vote } from '../protocol/consensus'
import type { EventOf } from '../protocol/events'
import type { Draft } from './draft'
import { ignoreUnknown } from './ignore-unknown'
import { noteAct } from './note-act'
import { CONSENSUS_KEPT } from './view'

type ConsensusEvent = EventOf<
  | 'consensus.opened'
  | 'consensus.vote_cast'
  | 'consensus.vote_replaced'
  | 'consensus.decided'
  | 'consensus.expired'
>

export function reduceConsensus(draft: Draft, event: ConsensusEvent): void {
  const { seq, at } = event
  const { key } = event.data
  switch (event.type) {
    case 'consensus.opened':
      draft.consensus.put(key, { ...event.data, openedAt: at, votes: [], seq })
      return
    case 'consensus.vote_cast':
    case 'consensus.vote_replaced': {
      const { validatorId, confidence, issues, recommendations } = event.data
      draft.consensus.change(key, seq, (round) => {
        const before = round.votes.find((vote) => vote.validatorId === validatorId)
        const vote: Vote = {
          validatorId,
          confidence,
          issues,
          recommendations,
          at,
          replaced: before ? before.replaced + 1 : 0,
        }
        const votes = [...round.votes.filter((other) => other !== before), vote]
        votes.sort((a, b) => a.at - b.at || (a.validatorId < b.validatorId ? -1 : 1))
        return { ...round, votes }
      })
      noteAct(draft, validatorId, event)
      return
    }
    case 'consensus.decided':
    case 'consensus.expired': {
      const { key: _, ...outcome } = event.data
      draft.consensus.change(key, seq, (round) => ({ ...round, outcome: { ...outcome, at } }))
      draft.consensus.keepDone(CONSENSUS_KEPT)
      noteAct(draft, outcome.by, event)
      return
    }
    default:
      ignoreUnknown(event)
  }
}
