'use client'

import { Ban, Mail, Zap } from 'lucide-react'
import { memo, type ReactNode, useRef } from 'react'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { Status } from '@/lib/protocol/liveness'
import { counted } from '@/lib/view/sentence'
import { cx } from '../ui/cx'
import { Id } from '../ui/id'
import { Lamp } from '../ui/lamp'
import { statusLooks } from '../ui/status-look'
import { endWord } from './tile-age'
import type { TileFacts } from './tile-facts'
import { tileLine } from './tile-line'
import { useGlow } from './use-glow'

export interface TileProps {
  coordinator: CoordinatorView
  status: Status
  pending: TileFacts['pending']
  breaker: TileFacts['breaker']
  selected: boolean
  /** Its drawer is open. */
  open: boolean
  /** The one tile that the tab key comes to. */
  isTabStop: boolean
  /** Only the first line. */
  compact: boolean
  /** Its group's header says already that it is a sample. */
  labelled: boolean
}

/**
 * One coordinator: lamp, name, age of its beat, and what it is about. Its line of the board writes the
 * age and draws the last beats; here is only what changes with its record.
 */
export const Tile = memo(function Tile({
  coordinator,
  status,
  selected,
  open,
  isTabStop,
  compact,
  ...badges
}: TileProps) {
  const box = useRef<HTMLDivElement>(null)
  const look = statusLooks[status]
  const line = tileLine(coordinator, status)
  const loud = status === 'dead' || status === 'failed'
  // To wait and to go on is ordinary work; a board that glowed at each would never be still.
  useGlow(box, status === 'unknown' ? undefined : status === 'blocked' ? 'active' : status)
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the link inside takes the focus
    // biome-ignore lint/a11y/useSemanticElements: cells of a grid whose lines are placed by hand
    <div
      ref={box}
      role="gridcell"
      aria-selected={selected}
      data-tone={look.tone}
      className={cx(
        'relative min-w-0 rounded-lg border',
        loud
          ? 'tint-faint border-[color-mix(in_oklab,var(--c)_50%,transparent)]'
          : status === 'stale'
            ? 'border-[color-mix(in_oklab,var(--c)_42%,transparent)] bg-panel'
            : 'border-soft bg-panel hover:border-line',
        (status === 'escalated' || status === 'stopped') && 'bg-transparent',
        selected && 'outline-1 outline-ivory outline-dashed -outline-offset-3',
        open && 'ring-2 ring-ivory',
      )}
    >
      <a
        href={`/coordinators/${coordinator.id}`}
        data-tile={coordinator.id}
        tabIndex={isTabStop ? 0 : -1}
        aria-label={[coordinator.id, look.word, line, ...badgeWords(badges, coordinator)].join(
          ', ',
        )}
        className={cx(
          'grid h-full rounded-lg px-2.5',
          // Under the two lines stands the strip, drawn for a whole row of tiles at once.
          compact ? 'content-center' : 'content-end gap-[0.32rem] pb-[calc(21px+0.34rem)]',
        )}
      >
        <span className="flex min-w-0 items-center gap-1.5">
          <Lamp status={status} decorative size={compact ? 12 : 14} />
          <span
            className={cx('flex min-w-0 flex-1 text-[0.72rem] font-medium', !loud && 'text-ink')}
          >
            <Id id={coordinator.id} />
          </span>
          <Age status={status} />
        </span>
        {!compact && (
          <span className="flex min-w-0 items-center gap-1.5 text-xs text-mute">
            <span className="min-w-0 flex-1 truncate">{line}</span>
            <Badges {...badges} coordinator={coordinator} />
          </span>
        )}
      </a>
    </div>
  )
})

function Age({ status }: { status: Status }) {
  const look = cx(
    'flex-none whitespace-nowrap text-xs',
    status === 'dead' || status === 'stale' ? 'font-semibold text-tone-ink' : 'text-faint',
  )
  const word = endWord(status)
  // Two elements, never one of them changed: what stands in the second is not React's.
  return word === undefined ? (
    <time key="age" data-age className={look} />
  ) : (
    <span key="word" className={look}>
      {word}
    </span>
  )
}

const pendingWords = (pending: number) => `${counted(pending, 'signal')} not yet acknowledged`
const breakerWords = (state: string) => `its breaker is ${state}`
const refusedWords = (writes: number) => `${counted(writes, 'write')} of its old self refused`

/** What the badges say, for those who hear the tile; in the order in which they stand. */
function badgeWords(
  { pending, breaker }: Pick<TileProps, 'pending' | 'breaker'>,
  { refusedWrites }: CoordinatorView,
): string[] {
  return [
    ...(pending > 0 ? [pendingWords(pending)] : []),
    ...(breaker === undefined ? [] : [breakerWords(breaker)]),
    ...(refusedWrites > 0 ? [refusedWords(refusedWrites)] : []),
  ]
}

function Badges({
  coordinator,
  pending,
  breaker,
  labelled,
}: Pick<TileProps, 'coordinator' | 'pending' | 'breaker' | 'labelled'>) {
  return (
    <>
      {pending > 0 && (
        <Badge tone="blocked" says={pendingWords(pending)}>
          <Mail /> {pending}
        </Badge>
      )}
      {breaker !== undefined && (
        <Badge tone={breaker === 'open' ? 'dead' : 'stale'} says={breakerWords(breaker)}>
          <Zap />
        </Badge>
      )}
      {coordinator.refusedWrites > 0 && (
        <Badge tone="escalated" says={refusedWords(coordinator.refusedWrites)}>
          <Ban /> {coordinator.refusedWrites}
        </Badge>
      )}
      {!labelled && coordinator.label !== undefined && (
        <span className="flex-none text-2xs text-faint">{coordinator.label}</span>
      )}
    </>
  )
}

interface BadgeProps {
  tone: 'blocked' | 'dead' | 'stale' | 'escalated'
  says: string
  children: ReactNode
}

function Badge({ tone, says, children }: BadgeProps) {
  return (
    <span
      data-tone={tone}
      title={says}
      className="flex flex-none items-center gap-0.5 text-2xs font-semibold text-tone-ink [&_svg]:size-3"
    >
      {children}
    </span>
  )
}
