'use client'

import { Zap } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { BreakerView } from '@/lib/protocol/breaker'
import type { Liveness } from '@/lib/protocol/liveness'
import { ownerEnded } from '@/lib/view/breaker-owner'
import { counted } from '@/lib/view/sentence'
import type { View } from '@/lib/view/view'
import { useShortcut } from '../frame/shortcuts'
import { useIsLoaded, useView } from '../live/use-live'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { Found } from '../ui/found'
import { Id } from '../ui/id'
import { SearchInput } from '../ui/search-input'
import { Segmented } from '../ui/segmented'
import { SidePane } from '../ui/side-pane'
import { Skeleton } from '../ui/skeleton'
import { addressNow, useUrlState } from '../ui/use-url-state'
import { BreakerPanel } from './breaker-panel'
import { BreakerTile } from './breaker-tile'
import { useTileWalk } from './use-tile-walk'

const breakersOf = (view: View) => view.breakers
type Ended = ReadonlyMap<string, Liveness>
const endedOf = (view: View): Ended => {
  const ended = new Map<string, Liveness>()
  for (const breaker of view.breakers.values()) {
    const how = ownerEnded(view, breaker)
    if (how !== undefined) ended.set(breaker.owner, how)
  }
  return ended
}
const sameEnded = (one: Ended, other: Ended) =>
  one.size === other.size && [...one].every(([owner, how]) => other.get(owner) === how)
/** Closed ones beyond this many are shown on demand. */
const CLOSED_SHOWN = 60
/** A tile with the gap after it, and what the frame of a group adds. */
const TILE_REM = 8.75
const FRAME_REM = 1

/** Every breaker that somebody published, by what it guards. */
export function BreakersRoom() {
  const [url, setUrl] = useUrlState()
  const loaded = useIsLoaded()
  const breakers = useView(breakersOf)
  const ended = useView(endedOf, sameEnded)
  const text = (url.get('q') ?? '').toLowerCase()
  const only = url.get('show') === 'open' ? 'open' : 'all'
  const groups = useMemo(
    () => groupsOf(breakers.values(), ended, text, only),
    [breakers, ended, text, only],
  )
  const owner = url.get('owner')
  const name = url.get('name')
  const selected = owner === null || name === null ? undefined : breakers.get(`${owner}:${name}`)
  const open = useCallback(
    (it: BreakerView) => setUrl({ owner: it.owner, name: it.name }, true),
    [setUrl],
  )
  const close = () => setUrl({ owner: undefined, name: undefined }, true)
  const flat = groups.flatMap((it) => it.breakers)
  const step = (by: number) => {
    const address = addressNow()
    const at = flat.findIndex(
      (it) => it.owner === address.get('owner') && it.name === address.get('name'),
    )
    const next = flat[at < 0 ? 0 : Math.min(flat.length - 1, Math.max(0, at + by))]
    if (next === undefined) return false
    setUrl({ owner: next.owner, name: next.name })
  }
  const box = useRef<HTMLInputElement>(null)
  const tiles = useRef<HTMLDivElement>(null)
  const walk = useTileWalk(tiles)
  useShortcut('search', () => box.current?.focus())
  useShortcut('next', () => step(1))
  useShortcut('previous', () => step(-1))
  useShortcut('close', () => (selected === undefined ? false : close()))

  if (!loaded) return <RoomSkeleton />
  return (
    <div className="relative flex min-h-0 flex-1">
      <section aria-label="Breakers" className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex flex-wrap items-center gap-2 px-4 py-3">
          <h1 className="sr-only">Breakers</h1>
          <SearchInput
            ref={box}
            aria-label="Filter by name or owner"
            placeholder="name or owner"
            className="max-w-[26.25rem]"
            value={url.get('q') ?? ''}
            onChange={(event) => setUrl({ q: event.target.value })}
          />
          <Segmented
            label="Which"
            value={only}
            onChange={(it) => setUrl({ show: it === 'open' ? 'open' : undefined })}
            options={[
              { value: 'all', label: 'All' },
              { value: 'open', label: 'Not closed' },
            ]}
          />
          <span className="text-sm text-faint">
            <Found text={counted(flat.length, 'breaker')} by={`${only} ${text}`} />
          </span>
        </div>
        <div
          ref={tiles}
          {...walk}
          className="flex min-h-0 flex-1 flex-wrap content-start items-start gap-x-4 gap-y-5 overflow-y-auto border-t border-line px-4 py-4"
        >
          {groups.map((group) => (
            <Group key={group.name} group={group} ended={ended} selected={selected} onOpen={open} />
          ))}
          {groups.length === 0 &&
            (breakers.size === 0 ? (
              <EmptyState icon={<Zap />} title="No breaker has been published">
                Every coordinator publishes the one round its Redis by itself; others are shown with{' '}
                <code className="text-sm text-ink">publishBreaker(breaker, manager)</code>.
              </EmptyState>
            ) : (
              <EmptyState
                icon={<Zap />}
                title={
                  only === 'open' && text === ''
                    ? 'All breakers are closed'
                    : 'None passes this filter'
                }
                action={
                  <Button onClick={() => setUrl({ q: undefined, show: undefined })}>
                    Show all
                  </Button>
                }
              />
            ))}
        </div>
      </section>
      {selected && (
        <SidePane label={`Breaker ${selected.name} of ${selected.owner}`} onClose={close}>
          <BreakerPanel breaker={selected} ended={ended.get(selected.owner)} onClose={close} />
        </SidePane>
      )}
    </div>
  )
}

interface BreakerGroup {
  name: string
  breakers: readonly BreakerView[]
  open: number
  /** Of owners that have ended. */
  silent: number
}

function groupsOf(
  all: Iterable<BreakerView>,
  ended: Ended,
  text: string,
  only: 'all' | 'open',
): BreakerGroup[] {
  const isOpen = (it: BreakerView) => it.state !== 'closed' && !ended.has(it.owner)
  const byName = new Map<string, BreakerView[]>()
  for (const breaker of all) {
    if (only === 'open' && !isOpen(breaker)) continue
    if (!`${breaker.name} ${breaker.owner}`.toLowerCase().includes(text)) continue
    const list = byName.get(breaker.name)
    if (list === undefined) byName.set(breaker.name, [breaker])
    else list.push(breaker)
  }
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, breakers]) => ({
      name,
      breakers: breakers.sort((a, b) => (a.owner < b.owner ? -1 : 1)),
      open: breakers.filter(isOpen).length,
      silent: breakers.filter((it) => ended.has(it.owner)).length,
    }))
}

function Group({
  group,
  ended,
  selected,
  onOpen,
}: {
  group: BreakerGroup
  ended: Ended
  selected: BreakerView | undefined
  onOpen: (breaker: BreakerView) => void
}) {
  const [whole, setWhole] = useState(false)
  const { breakers, open, silent, name } = group
  let closed = 0
  const shown = whole
    ? breakers
    : breakers.filter((it) => it.state !== 'closed' || ++closed <= CLOSED_SHOWN)
  const rest = breakers.length - shown.length
  return (
    <section
      aria-label={name}
      // As wide as what it holds: small groups stand beside each other.
      style={{ width: `${Math.max(2, shown.length) * TILE_REM + FRAME_REM}rem` }}
      className="grid min-w-0 max-w-full grid-cols-[minmax(0,1fr)] gap-2"
    >
      <div className="flex min-h-5 items-center justify-between gap-3 text-sm">
        <h2 className="flex min-w-0 font-semibold text-ink">
          <Id id={name} />
        </h2>
        <span className="flex-none text-mute">
          {open === 0 ? (
            `${breakers.length - silent} closed${silent > 0 ? `, ${silent} without an owner` : ''}`
          ) : (
            <>
              <b className="font-semibold text-dead-ink">{open} not closed</b> of {breakers.length}
            </>
          )}
        </span>
      </div>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.25rem,1fr))] gap-1 rounded-xl border border-line bg-panel p-2">
        {shown.map((breaker) => (
          <li key={breaker.owner} className="grid min-w-0">
            <BreakerTile
              breaker={breaker}
              ended={ended.get(breaker.owner)}
              selected={breaker === selected}
              onOpen={onOpen}
            />
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <div>
          <Button kind="ghost" onClick={() => setWhole(true)}>
            {rest} more that are closed
          </Button>
        </div>
      )}
    </section>
  )
}

function RoomSkeleton() {
  return (
    <div className="grid gap-4 p-4">
      <Skeleton className="h-8 w-72" />
      <Skeleton className="h-40" />
      <Skeleton className="h-40" />
    </div>
  )
}
