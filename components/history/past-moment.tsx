import { History } from 'lucide-react'
import { formatDuration } from '@/lib/view/format-duration'
import { exactTitle, exactUtc, localClock } from '../ui/format-time'
import { useTimeStyle } from '../ui/time-style'

interface PastMomentProps {
  /** ms by the server's clock, both. */
  at: number
  now: number
  /** What there is to say about it: that it is on its way, for one. */
  note: string
}

/** The moment that the board shows, said once to those who listen rather than look. */
export function PastMoment({ at, now, note }: PastMomentProps) {
  const local = useTimeStyle() === 'local'
  return (
    <p className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-base text-mute">
      <span className="flex items-center gap-1.5 self-center font-semibold text-ink">
        <History aria-hidden className="size-4" />
        The past
      </span>
      <time
        dateTime={new Date(at).toISOString()}
        title={exactTitle(at)}
        className="mono text-md font-medium text-ink"
      >
        {local ? (
          `${localClock(at)} local`
        ) : (
          <>
            <span className="max-md:sr-only">{exactUtc(at).slice(0, 11)}</span>
            {exactUtc(at).slice(11, 23)}
          </>
        )}
        {!local && <span className="text-mute"> UTC</span>}
      </time>
      <span className="tabular-nums">{formatDuration(Math.max(0, now - at))} ago</span>
      <span aria-live="polite" className="text-faint">
        {note}
      </span>
    </p>
  )
}
