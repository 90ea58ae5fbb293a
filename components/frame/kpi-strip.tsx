'use client'

import { memo, useMemo } from 'react'
import { kpisOf } from '@/lib/view/kpis'
import { useCalmView } from '../live/calm-view'
import { useIsLoaded, useKnowledge, useLink, useStatusFrame } from '../live/use-live'
import { cx } from '../ui/cx'
import { Skeleton } from '../ui/skeleton'
import type { Tone } from '../ui/status-look'
import { RoomLink } from './room-link'

interface Figure {
  name: string
  value: string
  /** Coloured when it is not nothing. */
  tone?: Tone | undefined
  href?: string
  title?: string
  /** Hidden first where space is scarce. */
  minor?: boolean
}

const board = (filter: string) => `/?q=${encodeURIComponent(filter)}`

/** The figures on top of every room; each leads to what it counts. */
export function KpiStrip() {
  const view = useCalmView()
  const knowledge = useKnowledge()
  const loaded = useIsLoaded()
  const status = useStatusFrame()
  const link = useLink()
  const kpis = useMemo(() => kpisOf(view, knowledge), [view, knowledge])
  const count = (value: number) => value.toLocaleString('en')
  const rate = (value: number | undefined) =>
    value === undefined || link.state !== 'live'
      ? '–'
      : value < 100
        ? value.toFixed(1)
        : count(Math.round(value))
  const lag = link.state === 'live' ? status?.eventLagMs : undefined
  // While nobody can tell, a nought would be a lie.
  const alive = (value: number) => (knowledge.can ? count(value) : '–')
  const figures: Figure[] = [
    { name: 'live', value: alive(kpis.live), tone: 'active', href: board('status:active,blocked') },
    { name: 'blocked', value: alive(kpis.blocked), tone: 'blocked', href: board('status:blocked') },
    { name: 'stale', value: alive(kpis.stale), tone: 'stale', href: board('status:stale') },
    { name: 'dead', value: alive(kpis.dead), tone: 'dead', href: board('status:dead') },
    // What is rare takes a place only when it is there.
    ...(kpis.byStatus.failed > 0
      ? [
          {
            name: 'failed',
            value: alive(kpis.byStatus.failed),
            tone: 'dead' as const,
            href: board('status:failed'),
          },
        ]
      : []),
    ...(kpis.unknown > 0
      ? [{ name: 'unknown', value: count(kpis.unknown), href: board('status:unknown') }]
      : []),
    { name: 'pending ACKs', value: count(kpis.pendingAcks), href: '/signals?state=pending' },
    {
      name: kpis.breakersOpen === 1 ? 'breaker open' : 'breakers open',
      value: count(kpis.breakersOpen),
      tone: kpis.breakersOpen > 0 ? 'dead' : undefined,
      href: '/breakers',
    },
    { name: 'beats/s', value: rate(status?.beatsPerSecond), minor: true },
    { name: 'events/s', value: rate(status?.eventsPerSecond), href: '/events', minor: true },
    {
      name: 'event lag',
      value: lag === undefined || lag === null ? '–' : `${Math.round(lag)} ms`,
      title: 'How old the newest event was when it reached the server',
      minor: true,
    },
  ]
  return (
    <ul
      aria-label="Figures"
      className="flex min-w-0 flex-1 items-center overflow-x-auto [scrollbar-width:none] pr-6 [mask-image:linear-gradient(90deg,#000_calc(100%-28px),transparent)]"
    >
      {figures.map((figure) => (
        <Kpi key={figure.name.replace('breakers', 'breaker')} {...figure} loaded={loaded} />
      ))}
    </ul>
  )
}

interface KpiProps extends Figure {
  loaded: boolean
}

const Kpi = memo(function Kpi({ name, value, tone, href, title, minor, loaded }: KpiProps) {
  const nothing = value === '0' || value === '–'
  const figure = loaded ? (
    <span
      data-tone={tone}
      className={cx(
        'min-w-[3ch] text-lg/[1.2] font-semibold tracking-tight tabular-nums',
        nothing ? 'text-faint' : tone ? 'text-tone-ink' : 'text-ink',
      )}
    >
      {value}
    </span>
  ) : (
    <Skeleton className="my-0.5 h-4 w-8" />
  )
  const inner = (
    <>
      {figure}
      <span className="whitespace-nowrap text-xs text-faint">{name}</span>
    </>
  )
  const look = 'flex flex-col rounded-md px-2 py-0.5 -mx-2'
  return (
    <li
      title={title}
      className={cx(
        'flex-none border-soft px-4 first:pl-0 not-last:border-r max-md:px-2.5',
        minor && 'max-lg:hidden',
      )}
    >
      {href ? (
        <RoomLink href={href} prefetch={false} className={cx(look, 'hover:bg-raise')}>
          {inner}
        </RoomLink>
      ) : (
        <div className={look}>{inner}</div>
      )}
    </li>
  )
})
