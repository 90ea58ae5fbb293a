'use client'

import type { ConsensusView } from '@/lib/protocol/consensus'
import { missingVoters } from '@/lib/view/confidence'
import { roundWord } from '@/lib/view/consensus-groups'
import { counted } from '@/lib/view/sentence'
import { Countdown } from '../ui/countdown'
import { Time } from '../ui/time'
import { VoteRing } from './vote-ring'

/** Whose round this is, how it stands, and when it closes. */
export function RoundHeader({ round }: { round: ConsensusView }) {
  const { outcome, swarmId, loop, iteration, validators, quorum, policy } = round
  const { text, tone } = roundWord(round)
  const voted = validators.length - missingVoters(round).length
  return (
    <header className="flex items-center gap-3">
      {policy !== 'owner' && outcome === undefined && <VoteRing round={round} />}
      <div className="grid min-w-0 gap-0.5">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="min-w-0 truncate text-lg font-semibold text-ink">{swarmId}</h2>
          <span
            data-tone={tone}
            className="tint rounded-full px-2.5 py-1 text-xs font-semibold text-tone-ink"
          >
            Loop {loop}, iteration {iteration}
            {outcome ? ` · ${text}` : policy === 'owner' ? ' waits for its owner' : ' is voting'}
          </span>
        </div>
        <p className="min-h-5 text-sm text-mute">
          {outcome ? (
            <>
              decided <Time at={outcome.at} ago /> by {outcome.by.replace(/^operator:/, '')}
              {policy !== 'owner' && (
                <>
                  , {voted} of {counted(validators.length, 'vote')}
                </>
              )}
            </>
          ) : (
            <>
              {policy !== 'owner' && (
                <>
                  {voted} of {counted(validators.length, 'vote')},{' '}
                </>
              )}
              closes in <Countdown to={round.deadline} className="font-semibold text-ink" />
              {policy !== 'owner' && <>, quorum {quorum}</>}
            </>
          )}
        </p>
      </div>
    </header>
  )
}
