'use client'

import type { ComponentProps } from 'react'
import { formatDuration } from '@/lib/view/format-duration'
import { useLink, useServerNow, useStatusFrame } from '../live/use-live'
import { Lamp } from '../ui/lamp'

/** The lamp of the connection, and how far behind it is. */
export function ConnectionButton(props: ComponentProps<'button'>) {
  const link = useLink()
  const lag = useStatusFrame()?.eventLagMs
  const now = useServerNow()
  const lamp = link.state === 'live' ? 'active' : link.state === 'connecting' ? 'starting' : 'dead'
  const words =
    link.state === 'connecting'
      ? 'connecting'
      : link.state === 'stale'
        ? `${link.reason === 'redis' ? 'Redis gone' : 'cut off'} ${formatDuration(now - link.since)}`
        : typeof lag === 'number'
          ? `live, ${Math.round(lag)} ms behind`
          : 'live'
  return (
    <button
      type="button"
      aria-label={`Connection: ${words}`}
      className="flex h-8 flex-none items-center gap-2 rounded-md px-2 text-sm whitespace-nowrap text-mute hover:bg-raise hover:text-ink"
      {...props}
    >
      <Lamp status={lamp} size={13} decorative />
      {/* As wide as its longest figure, so that the lamp stands still. */}
      <span className="text-left md:min-w-[19ch] tabular-nums max-md:sr-only">{words}</span>
    </button>
  )
}
