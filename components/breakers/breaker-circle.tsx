'use client'

import { useId } from 'react'
import type { BreakerView } from '@/lib/protocol/breaker'
import { breakerLine, cooldownLeft } from '@/lib/view/breaker-line'
import { callsAMinute, trafficRadius } from '@/lib/view/breaker-traffic'
import { useServerNow } from '../live/use-live'
import { breakerTones } from './breaker-look'

export const LINE_MS = 120_000
const SMALLEST = 17
const LARGEST = 34
const RING = 39

interface BreakerCircleProps {
  breaker: BreakerView
  ended: boolean
}

/**
 * A breaker as a circle: as large as its traffic, in the colour of its health, filled as high as it
 * stood in the last two minutes, and round it what is left of its cooldown. Grey once its owner has
 * ended.
 */
export function BreakerCircle({ breaker, ended }: BreakerCircleProps) {
  const clip = useId()
  const now = useServerNow()
  const { state } = breaker
  const radius = trafficRadius(callsAMinute(breaker) ?? 0, SMALLEST, LARGEST)
  const left = ended ? 0 : cooldownLeft(breaker, now)
  const around = 2 * Math.PI * RING
  const line = linePoints(breaker, now, radius)
  return (
    <svg
      aria-hidden
      viewBox="-42 -42 84 84"
      data-tone={ended ? 'off' : breakerTones[state]}
      className="block size-20 flex-none text-tone"
    >
      <clipPath id={clip}>
        <circle r={radius} />
      </clipPath>
      <circle r={radius} fill="currentColor" opacity={0.1} />
      {line !== '' && (
        <g clipPath={`url(#${clip})`}>
          <polygon
            points={`${-radius},${radius} ${line} ${radius},${radius}`}
            fill="currentColor"
            opacity={0.2}
          />
          <polyline points={line} fill="none" stroke="currentColor" strokeWidth="1.5" />
        </g>
      )}
      <circle
        r={radius}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeDasharray={state === 'half-open' ? '5 4' : undefined}
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
  const high = radius * 0.42
  return breakerLine(breaker, now, LINE_MS)
    .map(({ at, level }) => {
      const x = radius - ((now - at) / LINE_MS) * 2 * radius
      return `${x.toFixed(1)},${(high - level * 2 * high).toFixed(1)}`
    })
    .join(' ')
}
