'use client'

import { useMemo } from 'react'
import type { ConsensusView } from '@/lib/protocol/consensus'
import { averageOf, confidencesOf, formatConfidence } from '@/lib/view/confidence'
import { mergedRemarks, shortNames } from '@/lib/view/consensus-groups'
import type { View } from '@/lib/view/view'
import { useView } from '../live/use-live'
import { RemarksList } from './remarks-list'
import { validatorLooks } from './validator-look'
import { VotesList } from './votes-list'

const roundsOf = (view: View) => view.consensus
const NOTHING = {}

/** What an owner has to go on: the validators' last votes before the question came to it. */
export function WhatItGoesOn({ round }: { round: ConsensusView }) {
  const rounds = useView(roundsOf)
  const votes = useMemo(() => lastVotes(rounds.values(), round), [rounds, round])
  if (votes === undefined)
    return (
      <p className="text-base text-mute">
        This loop asks its owner. No votes of validators are known that came before it.
      </p>
    )
  const average = averageOf(confidencesOf(votes))
  const names = shortNames(votes.validators)
  const issues = mergedRemarks(votes, 'issues')
  return (
    <>
      <div className="grid gap-1">
        <h2 className="text-md font-semibold text-ink">What there is to go on</h2>
        <p className="text-base text-mute">
          Loop {votes.loop}, iteration {votes.iteration}
          {average !== null && (
            <>
              {' '}
              gave{' '}
              <b className="font-semibold text-ink">{formatConfidence(average, votes.threshold)}</b>{' '}
              of {votes.threshold.toFixed(2)}
            </>
          )}
          {votes.outcome && `: ${votes.outcome.decision}`}.
        </p>
      </div>
      <VotesList round={votes} what={NOTHING} looks={validatorLooks(votes.validators)} />
      <RemarksList
        title="Recommendations"
        aside={`merged from ${votes.votes.length}`}
        remarks={mergedRemarks(votes, 'recommendations')}
        names={names}
      />
      <RemarksList title="Issues" aside={`${issues.length} open`} remarks={issues} names={names} />
    </>
  )
}

function lastVotes(
  rounds: Iterable<ConsensusView>,
  { swarmId, openedAt }: ConsensusView,
): ConsensusView | undefined {
  let found: ConsensusView | undefined
  for (const it of rounds)
    if (
      it.swarmId === swarmId &&
      it.policy === 'average' &&
      it.openedAt <= openedAt &&
      (found === undefined || it.openedAt > found.openedAt)
    )
      found = it
  return found
}
