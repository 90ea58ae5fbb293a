'use client'

import { Zap } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { BreakerView } from '@/lib/protocol/breaker'
import type { Liveness } from '@/lib/protocol/liveness'
import { breakerKey } from '@/lib/view/breaker-key'
import { isTripped, ownerEnded } from '@/lib/view/breaker-owner'
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
import { type BreakerGroup, groupBreakers } from './group-breakers'
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
const trippedOf = (view: View): ReadonlySet<string> =>
  new Set([...view.breakers.values()].filter((it) => isTripped(view, it)).map(breakerKey))
const sameKeys = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  one.size === other.size && [...one].every((it) => other.has(it))

/** Closed ones beyond this many are shown on demand. */
const CLOSED_SHOWN = 60
/** A tile with the gap after it, and what the frame of a group adds. */
const TILE_REM = 8.75
const FRAME_REM = 1

/** What it was when `held` began, for as long: under the pointer nothing moves. */
function useSteady<T>(value: T, held: boolean): T {
  const steady = useRef(value)
  if (!held) steady.current = value
  return steady.current
}

/** Every breaker that somebody published, by what it guards; what is not closed stands first. */
export function BreakersRoom() {
  const [url, setUrl] = useUrlState()
  const loaded = useIsLoaded()
  const breakers = useView(breakersOf)
  const ended = useView(endedOf, sameEnded)
  const text = (url.get('q') ?? '').toLowerCase()
  const only = url.get('show') === 'open' ? 'open' : 'all'
  const [held, setHeld] = useState(false)
  const tripped = useView(trippedOf, sameKeys)
  const first = useSteady(tripped, held)
  const groups = useMemo(
    () =>
      groupBreakers({
        breakers: breakers.values(),
        tripped,
        hasEnded: (it) => ended.has(it.owner),
        first,
        text,
        only,
      }),
    [breakers, ended, tripped, first, text, only],
  )
  const owner = url.get('owner')
  const name = url.get('name')
  const selected =
    owner === null || name === null ? undefined : breakers.get(breakerKey({ owner, name }))
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
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          ref={tiles}
          {...walk}
          className="scrolls flex min-h-0 flex-1 flex-wrap content-start items-start gap-x-4 gap-y-5 border-t border-line px-4 py-4"
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
