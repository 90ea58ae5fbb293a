'use client'

import { formatDuration } from '@/lib/view/format-duration'
import { useLink, useServerNow, useStatusFrame } from '../live/use-live'
import { Lamp } from '../ui/lamp'
import { Popover } from '../ui/popover'
import { Time } from '../ui/time'

/** The lamp of the connection and how far behind it is; its details on a press. */
export function Connection() {
  const link = useLink()
  const status = useStatusFrame()
  const now = useServerNow()
  const lag = status?.eventLagMs
  const words =
    link.state === 'connecting'
      ? 'connecting'
      : link.state === 'stale'
        ? link.reason === 'redis'
          ? `Redis gone ${formatDuration(now - link.since)}`
          : `cut off ${formatDuration(now - link.since)}`
        : typeof lag === 'number'
          ? `live, ${Math.round(lag)} ms behind`
          : 'live'
  const lamp = link.state === 'live' ? 'active' : link.state === 'connecting' ? 'starting' : 'dead'
  return (
    <Popover
      align="end"
      className="w-72"
      trigger={
        <button
          type="button"
          aria-label={`Connection: ${words}`}
          className="flex h-8 flex-none items-center gap-2 rounded-md px-2 text-sm whitespace-nowrap text-mute hover:bg-raise hover:text-ink"
        >
          <Lamp status={lamp} size={13} decorative />
          <span className="max-md:sr-only">{words}</span>
        </button>
      }
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 [&_dd]:text-right [&_dt]:text-faint">
        <dt>This page to its server</dt>
        <dd>{link.state === 'stale' && link.reason === 'socket' ? 'cut off' : 'connected'}</dd>
        <dt>Server to Redis</dt>
        <dd>
          {status ? (
            <>
              {status.redis.state}, <Time at={status.redis.since} />
            </>
          ) : (
            '–'
          )}
        </dd>
        <dt>Newest event</dt>
        <dd>{typeof lag === 'number' ? `${Math.round(lag)} ms on its way` : 'none yet'}</dd>
        <dt>Last sweep of a monitor</dt>
        <dd>{status?.lastSweepAt === undefined ? '–' : <Time at={status.lastSweepAt} ago />}</dd>
        <dt>Pages connected</dt>
        <dd>{status?.clients ?? '–'}</dd>
      </dl>
    </Popover>
  )
}
