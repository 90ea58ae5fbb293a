'use client'

import { Waypoints } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { SignalView } from '@/lib/protocol/signal'
import { partOfGraph } from '@/lib/view/part-of-graph'
import { counted } from '@/lib/view/sentence'
import type { View } from '@/lib/view/view'
import { waitGraphOf } from '@/lib/view/wait-graph'
import { useShortcut } from '../frame/shortcuts'
import { useIsLoaded } from '../live/use-live'
import { useSlowMoment } from '../live/use-slow-moment'
import { CancelDialog } from '../signals/cancel-dialog'
import { EmptyState } from '../ui/empty-state'
import { lazyPart } from '../ui/lazy-part'
import { Skeleton } from '../ui/skeleton'
import { useUrlState } from '../ui/use-url-state'
import { CyclePanel } from './cycle-panel'
import { WaitList } from './wait-list'

const WaitGraphView = lazyPart(
  () => import('./wait-graph-view').then((module) => module.WaitGraphView),
  {
    loading: () => <Skeleton className="m-4 flex-1" />,
  },
)

/** More than this cannot be read as a drawing; the list beside it holds all. */
const DRAWN = { nodes: 300, edges: 400 }

/** Who waits for whom: deadlocks first, with what would break them. */
export function WaitsRoom() {
  // Kept beside the deadlocks: one that ends must not take along the window that ended it.
  const [cancelled, setCancelled] = useState<{ signal: SignalView; open: boolean }>()
  return (
    <>
      <h1 className="sr-only">Waits</h1>
      <Waits onCancel={(signal) => setCancelled({ signal, open: true })} />
      {cancelled && (
        <CancelDialog
          signal={cancelled.signal}
          open={cancelled.open}
          onOpenChange={(open) => setCancelled({ ...cancelled, open })}
        />
      )}
    </>
  )
}

function Waits({ onCancel }: { onCancel: (signal: SignalView) => void }) {
  const [url, setUrl] = useUrlState()
  const loaded = useIsLoaded()
  const moment = useSlowMoment()
  const graph = useMemo(() => waitGraphOf(moment), [moment])
  const drawn = useMemo(() => partOfGraph(graph, DRAWN), [graph])
  const name = url.get('cycle')
  const cycle = graph.cycles.find((it) => it.name === name)
  const step = (by: number) => {
    if (graph.cycles.length === 0) return false
    const at = cycle === undefined ? -1 : graph.cycles.indexOf(cycle)
    const next = graph.cycles[Math.min(graph.cycles.length - 1, Math.max(0, at + by))]
    setUrl({ cycle: next?.name })
  }
  useShortcut('next', () => step(1))
  useShortcut('previous', () => step(-1))
  useShortcut('close', () => (cycle === undefined ? false : setUrl({ cycle: undefined })))

  if (!loaded)
    return (
      <div className="flex min-h-0 flex-1 gap-4 p-4">
        <Skeleton className="flex-1" />
        <Skeleton className="w-80 max-lg:hidden" />
      </div>
    )
  const listeners = listenersOf(moment.view)
  if (graph.edges.length === 0)
    return (
      <EmptyState icon={<Waypoints />} title="Nobody waits for anybody">
        {listeners > 0
          ? `${counted(listeners, 'coordinator')} ${listeners === 1 ? 'waits' : 'wait'} for a signal that anybody may send; that is no one’s debt.`
          : 'As soon as a coordinator waits longer than 250 ms, it stands here with whom it waits for.'}
      </EmptyState>
    )
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
      <section
        aria-label="The graph of waits"
        className="flex min-h-0 min-w-0 flex-1 flex-col max-lg:h-[58dvh] max-lg:flex-none"
      >
        <header className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 text-sm text-mute">
          <p className="font-semibold text-ink">
            {counted(graph.edges.length, 'wait')}
            {graph.cycles.length > 0 && (
              <span className="text-dead-ink">, {counted(graph.cycles.length, 'deadlock')}</span>
            )}
          </p>
          <Key />
          {drawn.nodes.length < graph.nodes.length && (
            <span className="text-faint">
              {drawn.nodes.length} of {graph.nodes.length} coordinators are drawn
            </span>
          )}
          {listeners > 0 && (
            <span className="text-faint">{listeners} more wait for any signal</span>
          )}
        </header>
        <WaitGraphView graph={drawn} cycle={cycle} selected={url.get('coordinator') ?? undefined} />
      </section>
      <aside
        aria-label="Deadlocks and waits"
        className="grid shrink-0 content-start gap-4 border-line bg-panel p-4 max-lg:grow max-lg:border-t lg:min-h-0 lg:w-[21.25rem] lg:overflow-y-auto lg:border-l"
      >
        {graph.cycles.map((it) => (
          <CyclePanel
            key={it.name}
            cycle={it}
            selected={it === cycle}
            onSelect={() => setUrl({ cycle: it === cycle ? undefined : it.name })}
            onCancel={onCancel}
          />
        ))}
        <WaitList graph={graph} />
      </aside>
    </div>
  )
}

/** Who waits for a signal that anybody could send. */
function listenersOf(view: View): number {
  let count = 0
  for (const it of view.coordinators.values())
    if (it.liveness === 'active' && it.waits.some((wait) => wait.on.length === 0)) count++
  return count
}

function Key() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-faint">
      {KINDS.map(([word, dash]) => (
        <li key={word} className="flex items-center gap-1.5">
          <svg aria-hidden width="22" height="6" viewBox="0 0 22 6">
            <path
              d="M1 3h20"
              className="stroke-blocked"
              strokeWidth="1.6"
              strokeLinecap="round"
              strokeDasharray={dash}
            />
          </svg>
          {word}
        </li>
      ))}
    </ul>
  )
}

const KINDS = [
  ['for an ACK', undefined],
  ['for a signal', '5 4'],
  ['for a vote', '1.5 4'],
] as const
