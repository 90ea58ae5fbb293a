'use client'

import { SearchX } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { AttentionPanel } from '../attention/attention-panel'
import { useEscalation } from '../frame/escalation-host'
import { useShortcut } from '../frame/shortcuts'
import { useMay } from '../live/session-context'
import { useIsLoaded, useKnowledge } from '../live/use-live'
import { Button } from '../ui/button'
import { coordinatorInUrl } from '../ui/coordinator-href'
import { EmptyState } from '../ui/empty-state'
import { BoardGrid } from './board-grid'
import { BoardSkeleton } from './board-skeleton'
import { BoardToolbar } from './board-toolbar'
import { ConnectFirst } from './connect-first'
import { useSelection } from './selection'
import { SelectionBar } from './selection-bar'
import { useBoardGroups } from './use-board-groups'
import { useBoardUrl } from './use-board-url'

export interface GridRoomProps {
  redis: { host: string; port: number }
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
  const target = openId ?? activeId
  useShortcut('escalate', () => {
    if (!may || target === undefined) return false
    escalate(target)
    return true
  })
  return (
    <div className="flex min-h-0 flex-1">
      <h1 className="sr-only">Board</h1>
      {total > 0 && (
        <AttentionPanel className={openId === undefined ? 'max-lg:hidden' : 'max-2xl:hidden'} />
      )}
      <section aria-label="Coordinators" className="relative flex min-h-0 min-w-0 flex-1 flex-col">
        {loaded && total === 0 ? (
          <div className="min-h-0 flex-1 overflow-y-auto">
            <ConnectFirst {...connect} />
          </div>
        ) : (
          <>
            <BoardToolbar
              state={state}
              error={error}
              shown={shown}
              total={total}
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
                knowledge={knowledge}
                selection={selection}
                openId={openId}
                activeId={activeId}
                onActive={setActiveId}
                onPointer={setHeld}
              />
            )}
            <SelectionBar selection={selection} shown={groups.flatMap((it) => it.ids)} />
          </>
        )}
      </section>
    </div>
  )
}
