'use client'

import { Ban, Mail, Zap } from 'lucide-react'
import { memo, type ReactNode, useCallback, useRef } from 'react'
import type { Knowledge } from '@/lib/view/knowledge'
import { statusOf } from '@/lib/view/status'
import type { View } from '@/lib/view/view'
import { useView } from '../live/use-live'
import { cx } from '../ui/cx'
import { Id } from '../ui/id'
import { Lamp } from '../ui/lamp'
import { statusLooks } from '../ui/status-look'
import { BeatStrip } from './beat-strip'
import { TileAge } from './tile-age'
import { sameFacts, type TileFacts, tileFacts } from './tile-facts'
import { tileLine } from './tile-line'
import { useGlow } from './use-glow'

export interface TileProps {
  id: string
  knowledge: Knowledge
  selected: boolean
  /** Its drawer is open. */
  open: boolean
  /** The one tile that the tab key comes to. */
  isTabStop: boolean
  /** Only the first line. */
  compact: boolean
  /** Its group's header says already that it is a sample. */
  labelled: boolean
  width: number
}

const PADDING = 20

/** One coordinator: lamp, name, age of its beat, what it is about, and its last beats. */
export const Tile = memo(function Tile(props: TileProps) {
  const { id, knowledge } = props
  const facts = useView(
    useCallback((view: View) => tileFacts(view, id), [id]),
    sameFacts,
  )
  if (facts.coordinator === undefined) return <div aria-hidden className="h-full" />
  return <Face {...props} {...facts} coordinator={facts.coordinator} knowledge={knowledge} />
})

interface FaceProps extends TileProps, TileFacts {
  coordinator: NonNullable<TileFacts['coordinator']>
}

function Face({
  coordinator,
  knowledge,
  selected,
  open,
  isTabStop,
  compact,
  labelled,
  width,
  ...facts
}: FaceProps) {
  const box = useRef<HTMLDivElement>(null)
  const status = statusOf(coordinator, knowledge)
  const look = statusLooks[status]
  const line = tileLine(coordinator, status)
  const loud = status === 'dead' || status === 'failed'
  // To wait and to go on is ordinary work; a board that glowed at each would never be still.
  useGlow(box, status === 'blocked' ? 'active' : status)
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
        aria-label={`${coordinator.id}, ${look.word}, ${line}`}
        className={cx(
          'grid h-full rounded-lg px-2.5',
          compact ? 'content-center' : 'content-center gap-[0.32rem]',
        )}
      >
        <span className="flex min-w-0 items-center gap-1.5">
          <Lamp status={status} decorative size={compact ? 12 : 14} />
          <span
            className={cx('flex min-w-0 flex-1 text-[0.72rem] font-medium', !loud && 'text-ink')}
          >
            <Id id={coordinator.id} />
          </span>
          <TileAge coordinator={coordinator} status={status} />
        </span>
        {!compact && (
          <>
            <span className="flex min-w-0 items-center gap-1.5 text-xs text-mute">
              <span className="min-w-0 flex-1 truncate">{line}</span>
              <Badges {...facts} coordinator={coordinator} labelled={labelled} />
            </span>
            <BeatStrip
              id={coordinator.id}
              intervalMs={coordinator.heartbeatIntervalMs}
              status={status}
              width={width - PADDING - 2}
            />
          </>
        )}
      </a>
    </div>
  )
}

function Badges({
  coordinator,
  pending,
  breaker,
  labelled,
}: Pick<FaceProps, 'coordinator' | 'pending' | 'breaker' | 'labelled'>) {
  return (
    <>
      {pending > 0 && (
        <Badge tone="blocked" says={`${pending} signals not yet acknowledged`}>
          <Mail /> {pending}
        </Badge>
      )}
      {breaker !== undefined && (
        <Badge tone={breaker === 'open' ? 'dead' : 'stale'} says={`its breaker is ${breaker}`}>
          <Zap />
        </Badge>
      )}
      {coordinator.refusedWrites > 0 && (
        <Badge
          tone="escalated"
          says={`${coordinator.refusedWrites} writes of its old self refused`}
        >
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
