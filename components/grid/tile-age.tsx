'use client'

import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { Status } from '@/lib/protocol/liveness'
import { formatShortDuration } from '@/lib/view/format-duration'
import { lastBeatOf, useServerNow } from '../live/use-live'
import { cx } from '../ui/cx'
import { exactLocal, exactUtc, localClock, utcClock } from '../ui/format-time'
import { useTimeStyle } from '../ui/time-style'

interface TileAgeProps {
  coordinator: CoordinatorView
  status: Status
}

/** How long ago it last beat, by the server's clock; or what stands instead where nothing beats. */
export function TileAge({ coordinator, status }: TileAgeProps) {
  const now = useServerNow()
  const style = useTimeStyle()
  const look = cx(
    'flex-none whitespace-nowrap text-xs',
    status === 'dead' || status === 'stale' ? 'font-semibold text-tone-ink' : 'text-faint',
  )
  if (status === 'escalated') return <span className={look}>fenced</span>
  if (status === 'stopped') return <span className={look}>left</span>
  if (status === 'failed') return <span className={look}>failed</span>
  const waiting = status === 'starting' && coordinator.startDeadline !== undefined
  const at = waiting
    ? (coordinator.startDeadline ?? 0)
    : Math.max(lastBeatOf(coordinator.id) ?? 0, coordinator.lastBeat)
  const text =
    now === 0
      ? ''
      : style === 'relative'
        ? waiting
          ? `due ${formatShortDuration(at - now)}`
          : formatShortDuration(now - at)
        : style === 'utc'
          ? utcClock(at)
          : localClock(at)
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={now === 0 ? undefined : `Last beat\n${exactUtc(at)}\n${exactLocal(at)}`}
      className={look}
    >
      {text}
    </time>
  )
}
