'use client'

import { useLink, useStatusFrame } from '../live/use-live'
import { Popover } from '../ui/popover'
import { Time } from '../ui/time'
import { ConnectionButton } from './connection-button'

/** What stands between this page and Redis, piece by piece. */
export default function ConnectionDetails({ defaultOpen }: { defaultOpen: boolean }) {
  const link = useLink()
  const status = useStatusFrame()
  const lag = status?.eventLagMs
  return (
    <Popover
      label="Connection"
      align="end"
      className="w-72"
      defaultOpen={defaultOpen}
      trigger={<ConnectionButton />}
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
        <dd>{typeof lag === 'number' ? `${Math.round(lag)} ms on its way` : '–'}</dd>
        <dt>Last sweep of a monitor</dt>
        <dd>{status?.lastSweepAt === undefined ? '–' : <Time at={status.lastSweepAt} ago />}</dd>
        <dt>Pages connected</dt>
        <dd>{status?.clients ?? '–'}</dd>
      </dl>
    </Popover>
  )
}
