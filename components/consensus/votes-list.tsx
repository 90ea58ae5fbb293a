'use client'

import type { ConsensusView } from '@/lib/protocol/consensus'
import { formatConfidence, millionths } from '@/lib/view/confidence'
import { neededOf, type WhatIf } from '@/lib/view/what-if'
import { neededSentence } from '@/lib/view/what-if-sentence'
import { Chip } from '../ui/chip'
import { CoordinatorLink } from '../ui/coordinator-link'
import { cx } from '../ui/cx'
import { Id } from '../ui/id'
import { SectionHeader } from '../ui/section-header'
import { Sentence } from '../ui/sentence'
import { type ValidatorLook, ValidatorMark } from './validator-look'

interface VotesListProps {
  round: ConsensusView
  what: WhatIf
  looks: ReadonlyMap<string, ValidatorLook>
}

/** Each validator's vote of one iteration, and what is needed of who is missing. */
export function VotesList({ round, what, looks }: VotesListProps) {
  const threshold = what.threshold ?? round.threshold
  const votes = new Map(round.votes.map((it) => [it.validatorId, it]))
  const needed = round.outcome === undefined ? neededOf(round, what) : undefined
  return (
    <section aria-label="Votes" className="grid gap-2 border-t border-soft pt-3">
      <SectionHeader title="Votes" aside={`iteration ${round.iteration}`} />
      <ul className="grid">
        {round.validators.map((validator) => {
          const vote = votes.get(validator)
          const out = what.without?.has(validator) ?? false
          const look = looks.get(validator)
          return (
            <li key={validator} className="flex min-w-0 items-center gap-2 py-1">
              <svg
                aria-hidden
                viewBox="-8 -8 16 16"
                width="14"
                height="14"
                className={cx('flex-none', out && 'opacity-45')}
              >
                {look && <ValidatorMark look={look} x={0} y={0} hollow={vote === undefined} />}
              </svg>
              <CoordinatorLink
                coordinatorId={validator}
                className={cx(
                  'min-w-0 flex-1 hover:underline',
                  out ? 'text-mute line-through' : 'text-ink',
                )}
              >
                <Id id={validator} className="text-xs" />
              </CoordinatorLink>
              {(vote?.replaced ?? 0) > 0 && (
                <span className="text-xs text-faint" title="Its earlier votes stay in the log">
                  changed {vote?.replaced}×
                </span>
              )}
              {vote === undefined ? (
                <Chip tone={round.outcome ? 'off' : 'blocked'}>
                  {round.outcome ? 'did not vote' : 'not yet'}
                </Chip>
              ) : (
                <Chip
                  tone={
                    out
                      ? 'off'
                      : millionths(vote.confidence) >= millionths(threshold)
                        ? 'active'
                        : 'stale'
                  }
                >
                  {formatConfidence(vote.confidence, threshold)}
                </Chip>
              )}
            </li>
          )
        })}
      </ul>
      {needed && (
        <p className="text-sm text-mute">
          <Sentence parts={neededSentence(needed)} />
        </p>
      )}
    </section>
  )
}
