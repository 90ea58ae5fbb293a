'use client'

import { formatDuration } from '@/lib/view/format-duration'
import { useServerNow } from '../live/use-server-now'
import { exactTitle } from './format-time'

interface CountdownProps {
  /** By the server's clock, ms. */
  to: number
  /** What to say when the time has come. */
  over?: string
  className?: string
}

/** How long until something happens, second by second. */
export function Countdown({ to, over = 'now', className }: CountdownProps) {
  const now = useServerNow()
  const left = to - now
  return (
    <time
      dateTime={new Date(to).toISOString()}
      title={now === 0 ? undefined : exactTitle(to)}
      className={className}
      suppressHydrationWarning
    >
      {now === 0 ? '…' : left <= 0 ? over : formatDuration(left + 999)}
    </time>
  )
}
