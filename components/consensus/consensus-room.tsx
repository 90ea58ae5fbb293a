'use client'

import { BarChart3 } from 'lucide-react'
import { useMemo } from 'react'
import type { ConsensusView } from '@/lib/protocol/consensus'
import { type ConsensusGroup, consensusGroups, groupId } from '@/lib/view/consensus-groups'
import type { View } from '@/lib/view/view'
import { explain } from '../live/api-error'
import { useIsLoaded, useView } from '../live/use-live'
import { useIsPast } from '../live/use-past'
import { EmptyState } from '../ui/empty-state'
import { ErrorState } from '../ui/error-state'
import { SectionHeader } from '../ui/section-header'
import { Skeleton } from '../ui/skeleton'
import { useUrlState } from '../ui/use-url-state'
import { GroupList } from './group-list'
import { GroupView } from './group-view'
import { useConsensusHistory } from './use-consensus-history'
import { useFirstChoice } from './use-first-choice'
import { whatIfChanges } from './what-if-url'

const NO_ROUNDS: readonly ConsensusView[] = []
const roundsOf = (view: View) => view.consensus

/** Every loop of every swarm: who voted what, against which threshold, and what came of it. */
export function ConsensusRoom() {
  return (
    <>
      <h1 className="sr-only">Consensus</h1>
      <Loops />
    </>
  )
}

function Loops() {
  const [url, setUrl] = useUrlState()
  const loaded = useIsLoaded()
  const live = useView(roundsOf)
  const groups = useMemo(() => consensusGroups(live.values()), [live])
  const wanted = wantedGroup(url, live)
  const first = useFirstChoice(groups)
  const chosen = wanted ?? first
  const history = useConsensusHistory(chosen?.split(':')[0])
  const isPast = useIsPast()
  // What is kept of older rounds tells how they ended: of the past, the board alone is asked.
  const older = (isPast ? undefined : history.data) ?? NO_ROUNDS
  const group = useMemo(() => withHistory(chosen, live, older), [chosen, live, older])

  if (!loaded) return <RoomSkeleton />
  if (groups.length === 0 && group === undefined)
    return (
      <EmptyState icon={<BarChart3 />} title="No votes yet">
        A loop opens a round when its swarm has something to judge: Loop 3 asks everybody how sure
        they are, Loop 2 asks validators, Loop 4 asks the owner.
      </EmptyState>
    )
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
      <nav
        aria-label="Loops"
        className="flex min-h-0 flex-none flex-col gap-2 border-line bg-bg p-3 max-lg:border-b lg:w-[14.75rem] lg:border-r"
      >
        <SectionHeader title="Loops" aside={groups.length} className="px-1 max-lg:hidden" />
        <GroupList
          groups={groups}
          selected={group?.id}
          onSelect={(it) =>
            setUrl(
              {
                swarm: it.swarmId,
                loop: String(it.loop),
                round: undefined,
                ...whatIfChanges({}),
              },
              true,
            )
          }
        />
      </nav>
      {group ? (
        <GroupView
          key={group.id}
          group={group}
          round={url.get('round') ?? undefined}
          onRound={(key) => setUrl({ swarm: group.swarmId, loop: String(group.loop), round: key })}
        />
      ) : history.error ? (
        <div className="p-4">
          <ErrorState title="This loop cannot be read" onRetry={() => void history.refetch()}>
            {explain(history.error)}
          </ErrorState>
        </div>
      ) : (
        <EmptyState title="Nothing is known of this loop">
          Its rounds have expired, or the link is wrong. Choose another one.
        </EmptyState>
      )}
    </div>
  )
}

/** The loop that an address names, by itself or by one of its rounds. */
function wantedGroup(
  url: URLSearchParams,
  live: ReadonlyMap<string, ConsensusView>,
): string | undefined {
  const key = url.get('round')
  if (key !== null) {
    const round = live.get(key)
    const [swarmId, loop] = key.split(':')
    return round ? groupId(round) : `${swarmId}:${loop}`
  }
  const swarm = url.get('swarm')
  return swarm === null ? undefined : `${swarm}:${url.get('loop') ?? '2'}`
}

function withHistory(
  chosen: string | undefined,
  live: ReadonlyMap<string, ConsensusView>,
  history: readonly ConsensusView[],
): ConsensusGroup | undefined {
  if (chosen === undefined) return undefined
  const rounds = new Map<string, ConsensusView>()
  for (const round of history) if (groupId(round) === chosen) rounds.set(round.key, round)
  // The board's own is never older than what was read once.
  for (const round of live.values()) if (groupId(round) === chosen) rounds.set(round.key, round)
  return consensusGroups(rounds.values())[0]
}

function RoomSkeleton() {
  return (
    <div className="grid min-h-0 flex-1 gap-4 p-4 lg:grid-cols-[13.75rem_minmax(0,1fr)_18.75rem]">
      <Skeleton className="h-72 max-lg:h-12" />
      <Skeleton className="h-96" />
      <Skeleton className="h-72" />
    </div>
  )
}
