'use client'

import { formatDuration } from '@/lib/view/format-duration'
import { useServerNow } from '../live/use-server-now'
import { exactTitle, localClock, utcClock } from './format-time'
import { type TimeStyle, useTimeStyle } from './time-style'

interface TimeProps {
  /** By the server's clock, ms. */
  at: number
  /** Says `12 s ago` rather than `12 s`. */
  ago?: boolean
  /** Always this style, whatever the reader chose. */
  style?: TimeStyle
  className?: string
}

/** A moment: its age or its hour, as the reader chose; both zones, exactly, on hover. */
export function Time({ at, ago, style: fixed, className }: TimeProps) {
  const chosen = useTimeStyle()
  const style = fixed ?? chosen
  const now = useServerNow()
  const text =
    style === 'utc'
      ? `${utcClock(at)}`
      : style === 'local'
        ? localClock(at)
        : now === 0
          ? '…'
          : ahead(at, now, ago)
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={now === 0 ? undefined : exactTitle(at)}
      className={className}
      suppressHydrationWarning
    >
      {text}
    </time>
  )
}

function ahead(at: number, now: number, ago: boolean | undefined): string {
  // What has just happened is ahead of a clock that is read once a second, on a busy page by more;
  // what is said to be past never lies ahead.
  if (!ago && at > now + 2_500) return `in ${formatDuration(at - now)}`
  return ago ? `${formatDuration(now - at)} ago` : formatDuration(now - at)
}
