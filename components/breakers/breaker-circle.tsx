'use client'

import type { BreakerView } from '@/lib/protocol/breaker'
import { breakerLine, cooldownLeft } from '@/lib/view/breaker-line'
import { callsAMinute, trafficRadius } from '@/lib/view/breaker-traffic'
import { useServerNow } from '../live/use-live'
import { breakerTones } from './breaker-look'

export const LINE_MS = 120_000
const SMALLEST = 13
const LARGEST = 33
const RING = 38

/**
 * A breaker as a circle: as large as its traffic, in the colour of its health, with the last two
 * minutes as a line, and round it what is left of its cooldown.
 */
export function BreakerCircle({ breaker, size = 88 }: { breaker: BreakerView; size?: number }) {
  const now = useServerNow()
  const { state } = breaker
  const radius = trafficRadius(callsAMinute(breaker) ?? 0, SMALLEST, LARGEST)
  const left = cooldownLeft(breaker, now)
  const around = 2 * Math.PI * RING
  return (
    <svg
      aria-hidden
      viewBox="-42 -42 84 84"
      width={size}
      height={size}
      data-tone={breakerTones[state]}
      className="block flex-none text-tone"
    >
      <circle r={radius} fill="currentColor" opacity={0.16} />
      <circle
        r={radius}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeDasharray={state === 'half-open' ? '5 4' : undefined}
      />
      <polyline
        points={linePoints(breaker, now, radius)}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {left > 0 && (
        <>
          <circle r={RING} fill="none" stroke="var(--soft)" strokeWidth="3" />
          <circle
            r={RING}
            fill="none"
            stroke="currentColor"
            strokeWidth="3"
            strokeLinecap="round"
            strokeDasharray={`${around * left} ${around}`}
            transform="rotate(-90)"
            className="transition-[stroke-dasharray] duration-1000 ease-linear"
          />
        </>
      )}
    </svg>
  )
}

function linePoints(breaker: BreakerView, now: number, radius: number): string {
  if (now === 0) return ''
  const half = radius * 0.66
  const high = radius * 0.36
  return breakerLine(breaker, now, LINE_MS)
    .map(({ at, level }) => {
      const x = half - ((now - at) / LINE_MS) * 2 * half
      return `${x.toFixed(1)},${(high - level * 2 * high).toFixed(1)}`
    })
    .join(' ')
}
