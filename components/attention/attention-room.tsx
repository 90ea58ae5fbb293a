'use client'

import { ShieldCheck } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useRef } from 'react'
import { entryNamed } from '@/lib/view/attention'
import { useAttention } from '../frame/attention-context'
import { useShortcut } from '../frame/shortcuts'
import { useIsLoaded } from '../live/use-live'
import { cx } from '../ui/cx'
import { EmptyState } from '../ui/empty-state'
import { SectionHeader } from '../ui/section-header'
import { Segmented } from '../ui/segmented'
import { Skeleton } from '../ui/skeleton'
import { AttentionCard } from './attention-card'
import { useEntryFocus } from './use-entry-focus'

const SHOWN = ['open', 'handled', 'all'] as const
type Shown = (typeof SHOWN)[number]

/** On a wall two stand side by side, the worst first in each line. */
const WALL = '3xl:max-w-[100rem]'

/** The queue of trouble, worst first: one root cause, one entry. */
export function AttentionRoom() {
  const entries = useAttention()
  const loaded = useIsLoaded()
  const search = useSearchParams()
  const pathname = usePathname()
  const shown = SHOWN.find((it) => it === search.get('show')) ?? 'open'
  const link = search.get('entry') ?? undefined
  const named = link === undefined ? undefined : entryNamed(entries, link)
  const list = entries.filter(
    (it) =>
      shown === 'all' || it === named || (it.handling.state === 'open') === (shown === 'open'),
  )
  const box = useRef<HTMLDivElement>(null)
  const { onFocus, step } = useEntryFocus(box)
  useShortcut('next', () => step(1))
  useShortcut('previous', () => step(-1))
  const show = (next: Shown) => {
    const parameters = new URLSearchParams(search)
    if (next === 'open') parameters.delete('show')
    else parameters.set('show', next)
    parameters.delete('entry')
    const text = parameters.toString()
    window.history.pushState(null, '', text === '' ? pathname : `${pathname}?${text}`)
  }
  /** None is claimed before the board is there. */
  const counted = (word: string, state: 'open' | 'handled') =>
    loaded
      ? `${word} ${entries.filter((it) => (it.handling.state === 'open') === (state === 'open')).length}`
      : word
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its entries take the focus
    <div ref={box} onFocus={onFocus} className="scrolls min-h-0 flex-1">
      <div className={cx('mx-auto grid w-full max-w-215 gap-4 px-4 py-5', list.length > 1 && WALL)}>
        <SectionHeader
          level={1}
          title="Attention"
          className="flex-wrap"
          aside={
            <Segmented<Shown>
              label="Which"
              value={shown}
              onChange={show}
              options={[
                { value: 'open', label: counted('Open', 'open') },
                { value: 'handled', label: counted('Seen or put off', 'handled') },
                { value: 'all', label: 'All' },
              ]}
            />
          }
        />
        {loaded && link !== undefined && !named && (
          <p role="status" className="rounded-lg border border-line bg-panel px-4 py-3 text-mute">
            The trouble that this link names is over.
          </p>
        )}
        {!loaded ? (
          <Skeleton className="h-28 rounded-xl" />
        ) : list.length === 0 ? (
          <EmptyState icon={<ShieldCheck />} title="All is well">
            {shown === 'handled'
              ? 'Nobody has acknowledged or put anything off.'
              : 'Every coordinator beats in time, every breaker is closed, and nobody waits longer than they should.'}
          </EmptyState>
        ) : (
          <div className="grid items-start gap-2.5 3xl:grid-cols-[repeat(auto-fit,minmax(36rem,1fr))]">
            {list.map((entry) => (
              <AttentionCard key={entry.id} entry={entry} wide named={entry === named} />
            ))}
          </div>
        )}
      </div>
    </div>
  )
}
