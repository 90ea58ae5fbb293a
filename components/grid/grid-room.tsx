'use client'

import { History, SearchX } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useEscalation } from '../frame/escalation-host'
import { useShortcut } from '../frame/shortcuts'
import { useMay } from '../live/session-context'
import { useIsLoaded, useKnowledge } from '../live/use-live'
import { useIsPast } from '../live/use-past'
import { Button } from '../ui/button'
import { coordinatorInUrl } from '../ui/coordinator-href'
import { EmptyState } from '../ui/empty-state'
import { lazyPart } from '../ui/lazy-part'
import { BoardSkeleton } from './board-skeleton'
import { BoardToolbar } from './board-toolbar'
import type { ConnectPlace } from './connect-lines'
import { useSelection } from './selection'
import { useBoardGroups } from './use-board-groups'
import { useBoardUrl } from './use-board-url'

// The tiles wait for the first snapshot anyway, so their code comes beside it, not before it.
const loadGrid = () => import('./board-grid').then((it) => it.BoardGrid)
if (typeof window !== 'undefined') loadGrid().catch(() => {})
const BoardGrid = lazyPart(loadGrid, { loading: () => <BoardSkeleton /> })
const AttentionPanel = lazyPart(
  () => import('../attention/attention-panel').then((it) => it.AttentionPanel),
  { behind: true, loading: () => <AttentionSpace />, failed: () => <AttentionSpace /> },
)
const ConnectFirst = lazyPart(() => import('./connect-first').then((it) => it.ConnectFirst))
const SelectionBar = lazyPart(() => import('./selection-bar').then((it) => it.SelectionBar), {
  failed: () => null,
})

export interface GridRoomProps {
  redis: ConnectPlace
  hasPassword: boolean
  namespace: string | undefined
  envFile: string | undefined
}

/** The board: who is there, how each of them is, and where every swarm stands. */
export function GridRoom(connect: GridRoomProps) {
  const [state, change] = useBoardUrl()
  const knowledge = useKnowledge()
  const loaded = useIsLoaded()
  const selection = useSelection()
  const [held, setHeld] = useState(false)
  const [activeId, setActiveId] = useState<string>()
  const openId = coordinatorInUrl(usePathname(), useSearchParams())
  const { groups, shown, total, error } = useBoardGroups(state, knowledge, held)
  const { escalate } = useEscalation()
  const may = useMay('operator')
  const isPast = useIsPast()
  const target = openId ?? activeId
  useShortcut('escalate', () => {
    if (!may || target === undefined) return false
    escalate(target)
    return true
  })
  return (
    <div className="flex min-h-0 flex-1">
      <h1 className="sr-only">Board</h1>
      {(total > 0 || !loaded) && (
        <AttentionPanel className={openId === undefined ? 'max-lg:hidden' : 'max-2xl:hidden'} />
      )}
      <section aria-label="Coordinators" className="relative flex min-h-0 min-w-0 flex-1 flex-col">
        {loaded && total === 0 ? (
          <div className="min-h-0 flex-1 overflow-y-auto">
            {isPast ? <NobodyThen /> : <ConnectFirst {...connect} />}
          </div>
        ) : (
          <>
            <BoardToolbar
              state={state}
              error={error}
              shown={shown}
              total={total}
              shownIds={() => groups.flatMap((it) => it.ids)}
              onChange={change}
            />
            {!loaded ? (
              <BoardSkeleton />
            ) : shown === 0 ? (
              <EmptyState
                icon={<SearchX />}
                title="Nobody fits this filter"
                action={<Button onClick={() => change({ filter: '' })}>Clear the filter</Button>}
              >
                {total.toLocaleString('en')} {total === 1 ? 'coordinator is' : 'coordinators are'}{' '}
                on the board.
              </EmptyState>
            ) : (
              <BoardGrid
                groups={groups}
                density={state.density}
                scope={`${state.filter} ${state.grouping} ${state.order}`}
                knowledge={knowledge}
                selection={selection}
                openId={openId}
                activeId={activeId}
                onActive={setActiveId}
                onPointer={setHeld}
              />
            )}
            {selection.ids.size > 0 && (
              <SelectionBar selection={selection} shown={groups.flatMap((it) => it.ids)} />
            )}
          </>
        )}
      </section>
    </div>
  )
}

function NobodyThen() {
  return (
    <EmptyState icon={<History />} title="Nobody was on the board then">
      The first coordinator came later.
    </EmptyState>
  )
}

/** Keeps the panel's place, so that no tile moves when it comes. */
function AttentionSpace() {
  return <div className="w-69 flex-none border-r border-line max-lg:hidden 2xl:w-73" />
}
