'use client'

import { Hourglass } from 'lucide-react'
import { memo } from 'react'
import type { BreakerView } from '@/lib/protocol/breaker'
import type { Liveness } from '@/lib/protocol/liveness'
import { breakerKey } from '@/lib/view/breaker-key'
import { wishOf } from '@/lib/view/breaker-line'
import { callsAMinute, MINUTE_MS } from '@/lib/view/breaker-traffic'
import { formatShortDuration } from '@/lib/view/format-duration'
import { Countdown } from '../ui/countdown'
import { cx } from '../ui/cx'
import { Id } from '../ui/id'
import { Time } from '../ui/time'
import { useTimeStyle } from '../ui/time-style'
import { BreakerCircle } from './breaker-circle'
import { breakerTones, shortCount } from './breaker-look'

interface BreakerTileProps {
  breaker: BreakerView
  /** How its owner ended, where it did. */
  ended: Liveness | undefined
  selected: boolean
  onOpen: (breaker: BreakerView) => void
}

export const BreakerTile = memo(function BreakerTile({
  breaker,
  ended,
  selected,
  onOpen,
}: BreakerTileProps) {
  const wish = wishOf(breaker)
  return (
    <button
      type="button"
      data-breaker={breakerKey(breaker)}
      aria-pressed={selected}
      aria-label={`${breaker.name} of ${breaker.owner}, ${ended ? `its owner is ${ended}` : breaker.state}`}
      onClick={() => onOpen(breaker)}
      className={cx(
        'relative grid min-w-0 content-start justify-items-center gap-0.5 rounded-xl border border-transparent px-2 py-2.5 text-center transition-colors hover:bg-raise',
        selected && 'border-ivory bg-raise',
      )}
    >
      <BreakerCircle breaker={breaker} ended={ended !== undefined} />
      <Id id={breaker.owner} className="mt-1 text-xs text-ink" />
      <span
        data-tone={breakerTones[breaker.state]}
        className={cx(
          'text-sm',
          ended || breaker.state === 'closed' ? 'text-mute' : 'font-semibold text-tone-ink',
        )}
      >
        {ended ? `its owner is ${ended}` : breaker.state}
      </span>
      <span className="min-h-4 text-xs text-faint">
        {ended ? `was ${breaker.state} at last` : <Detail breaker={breaker} />}
      </span>
      {wish?.pending && !ended && (
        <span
          title={wish.text}
          className="absolute top-1.5 right-1.5 inline-flex items-center gap-1 rounded-sm border border-line bg-raise px-1.5 py-0.5 text-2xs font-semibold text-ink"
        >
          <Hourglass aria-hidden className="size-3" /> not obeyed yet
        </span>
      )}
    </button>
  )
})

function Detail({ breaker }: { breaker: BreakerView }) {
  const clock = useTimeStyle() === 'local' ? 'local' : 'utc'
  const { state, retryAt, failures, countedFrom, publishedAt } = breaker
  if (state === 'open')
    return retryAt === undefined ? (
      'until it is reset'
    ) : (
      <>
        probe in <Countdown to={retryAt} over="a moment" />
      </>
    )
  if (state === 'half-open') return `probing after ${failures} failures`
  if (countedFrom === undefined)
    return (
      <>
        counting since <Time at={publishedAt} style={clock} />
      </>
    )
  return <Traffic breaker={breaker} since={countedFrom} />
}

/** A minute's calls, so that two tiles compare; on hover what was counted. */
function Traffic({ breaker, since }: { breaker: BreakerView; since: number }) {
  const { calls, failed, publishedAt } = breaker
  const span = publishedAt - since
  const rate = callsAMinute(breaker) ?? 0
  const counted = calls === 1 ? '1 call' : `${calls.toLocaleString('en')} calls`
  return (
    <span
      title={`${counted} in ${formatShortDuration(span)}, ${failed.toLocaleString('en')} failed`}
    >
      {span < MINUTE_MS ? counted : `${shortCount.format(rate < 10 ? rate : Math.round(rate))}/min`}
      {failed > 0 && (
        <>
          , <span className="whitespace-nowrap">{percentOf(failed, calls)} % failed</span>
        </>
      )}
    </span>
  )
}

function percentOf(part: number, whole: number): string {
  const percent = (part / whole) * 100
  return percent < 1 ? '<1' : String(Math.round(percent))
}
