'use client'

import { useEffect, useMemo, useState } from 'react'
import { type ConsensusGroup, mergedRemarks, shortNames } from '@/lib/view/consensus-groups'
import type { WhatIf } from '@/lib/view/what-if'
import { answerWhatIf } from '@/lib/view/what-if-sentence'
import { useShortcut } from '../frame/shortcuts'
import { cx } from '../ui/cx'
import { lazyPart } from '../ui/lazy-part'
import { Panel } from '../ui/panel'
import { Skeleton } from '../ui/skeleton'
import { useMedia } from '../ui/use-media'
import { useSettled } from '../ui/use-settled'
import { addressNow, useUrlState } from '../ui/use-url-state'
import { DecisionList } from './decision-list'
import { OwnerDecision } from './owner-decision'
import { RemarksList } from './remarks-list'
import { RoundHeader } from './round-header'
import { validatorLooks } from './validator-look'
import { VotesList } from './votes-list'
import { WhatIfPanel } from './what-if-panel'
import { whatIfChanges, whatIfOf } from './what-if-url'
import { WhatItGoesOn } from './what-it-goes-on'

const ConfidenceChart = lazyPart(
  () => import('./confidence-chart').then((module) => module.ConfidenceChart),
  {
    loading: () => <Skeleton className="m-3 h-[22.5rem]" />,
  },
)

interface GroupViewProps {
  group: ConsensusGroup
  /** The key of the round that is looked at; the latest unless named. */
  round: string | undefined
  onRound: (key: string) => void
}

/** One loop: its iterations side by side, and everything about the one that is looked at. */
export function GroupView({ group, round: wanted, onRound }: GroupViewProps) {
  const [url, setUrl] = useUrlState()
  const [what, setWhat] = useState<WhatIf>(() => whatIfOf(url))
  // Not with each step of a drag: browsers refuse an address that changes all the time.
  const supposed = useSettled(what)
  useEffect(() => setUrl(whatIfChanges(supposed)), [supposed, setUrl])
  const wide = useMedia('(min-width: 140rem)')
  const narrow = useMedia('(max-width: 40rem)')
  const shown = lastOf(group, wanted, narrow ? 4 : wide ? 14 : 8)
  const round = group.rounds.find((it) => it.key === wanted) ?? group.latest
  const validators = useMemo(
    () => [...new Set(shown.flatMap((it) => it.validators))].sort(),
    [shown],
  )
  const names = useMemo(() => shortNames(validators), [validators])
  const looks = useMemo(() => validatorLooks(validators), [validators])
  const answer = answerWhatIf(shown, what)
  const flipped = new Map(
    answer.suppositions.flatMap((it) =>
      it.flips && it.would ? [[it.key, it.would] as const] : [],
    ),
  )
  const recommendations = mergedRemarks(round, 'recommendations')
  const issues = mergedRemarks(round, 'issues')
  const voted = validators.length > 0 && round.policy !== 'owner'
  const step = (by: number) => {
    const named = addressNow().get('round')
    const at = group.rounds.findIndex((it) => it.key === (named ?? round.key))
    const next = group.rounds[at + by]
    if (next === undefined) return false
    onRound(next.key)
  }
  useShortcut('next', () => step(1))
  useShortcut('previous', () => step(-1))

  return (
    <>
      <section
        aria-label={`Loop ${group.loop} of ${group.swarmId}`}
        className="scrolls grid min-h-0 min-w-0 flex-1 content-start gap-3 p-4 max-lg:flex-none max-lg:overflow-visible"
      >
        <RoundHeader round={round} />
        <OwnerDecision round={group.latest} />
        <Panel className={cx('min-w-0 overflow-hidden', voted && 'py-3')}>
          {voted ? (
            <ConfidenceChart
              rounds={shown}
              validators={validators}
              names={names}
              looks={looks}
              what={what}
              flipped={flipped}
              selected={round.key}
              onSelect={onRound}
              onThreshold={(threshold) => {
                const { threshold: _, ...rest } = what
                setWhat(threshold === undefined ? rest : { ...rest, threshold })
              }}
            />
          ) : (
            <DecisionList rounds={group.rounds} selected={round.key} onSelect={onRound} />
          )}
        </Panel>
        {group.rounds.length > shown.length && voted && (
          <p className="text-xs text-faint">
            The last {shown.length} of {group.rounds.length} rounds; j and k go back further.
          </p>
        )}
      </section>
      <aside
        aria-label={`Iteration ${round.iteration}`}
        className="grid flex-none content-start gap-4 border-line bg-panel p-4 max-lg:border-t lg:min-h-0 lg:w-[19.75rem] lg:overflow-y-auto lg:border-l"
      >
        {voted && (
          <>
            <WhatIfPanel
              round={round}
              validators={validators}
              names={names}
              what={what}
              answer={answer}
              onChange={setWhat}
            />
            <VotesList round={round} what={what} looks={looks} />
          </>
        )}
        <RemarksList
          title="Recommendations"
          aside={`merged from ${round.votes.length}`}
          remarks={recommendations}
          names={names}
        />
        <RemarksList
          title="Issues"
          aside={`${issues.length} open`}
          remarks={issues}
          names={names}
        />
        {round.policy === 'owner' && <WhatItGoesOn round={round} />}
      </aside>
    </>
  )
}

/** As many rounds as fit, ending at the latest, or at the one that is looked at where that is older. */
function lastOf(group: ConsensusGroup, wanted: string | undefined, count: number) {
  const { rounds } = group
  const at = rounds.findIndex((it) => it.key === wanted)
  const end = at >= 0 && at < rounds.length - count ? at + 1 : rounds.length
  return rounds.slice(Math.max(0, end - count), end)
}
