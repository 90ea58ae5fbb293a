'use client'

import { Area, AreaChart, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import type { BreakerView } from '@/lib/protocol/breaker'
import { breakerLine } from '@/lib/view/breaker-line'
import { useServerNow } from '../live/use-live'
import { useLetterScale } from '../ui/use-letter-scale'
import { LINE_MS } from './breaker-circle'
import { breakerTones } from './breaker-look'

const HEIGHT = 96
const NAMES: Record<number, string> = { 0: 'closed', 0.5: 'half-open', 1: 'open' }
/** The axes and what they say, in the letters of the screen. */
const TICK = { fill: 'var(--faint)', fontSize: '0.65625rem' }
const NAMES_WIDTH = 60

/** The states of the last two minutes as a step line that moves with the clock. The transitions under it say the same in words. */
export function BreakerHistory({ breaker }: { breaker: BreakerView }) {
  const now = useServerNow()
  const points = breakerLine(breaker, now, LINE_MS)
  const scale = useLetterScale()
  const height = HEIGHT * scale
  const colour = `var(--${breakerTones[breaker.state]})`
  return (
    <div aria-hidden style={{ height }}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 360, height }}>
        <AreaChart
          data={points}
          margin={{ top: 8, right: 2, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <XAxis
            type="number"
            dataKey="at"
            domain={[now - LINE_MS, now]}
            ticks={[now - LINE_MS, now - LINE_MS / 2, now]}
            tick={<TimeTick from={now - LINE_MS} to={now} />}
            axisLine={{ stroke: 'var(--soft)' }}
            tickLine={false}
            height={20 * scale}
            interval={0}
          />
          <YAxis
            domain={[0, 1]}
            ticks={[0, 0.5, 1]}
            width={NAMES_WIDTH * scale}
            tickFormatter={(level: number) => NAMES[level] ?? ''}
            tick={TICK}
            axisLine={false}
            tickLine={false}
          />
          <Area
            dataKey="level"
            type="linear"
            isAnimationActive={false}
            stroke={colour}
            strokeWidth={1.6}
            fill={colour}
            fillOpacity={0.14}
          />
        </AreaChart>
      </ResponsiveContainer>
    </div>
  )
}

interface TimeTickProps {
  from: number
  to: number
  x?: number
  y?: number
  payload?: { value: number }
}

/** Begins and ends with the line itself: in the middle of its ends it would stand under the names. */
function TimeTick({ from, to, x, y, payload }: TimeTickProps) {
  const at = payload?.value ?? to
  return (
    <text
      x={x}
      y={y}
      dy="0.71em"
      textAnchor={at <= from ? 'start' : at >= to ? 'end' : 'middle'}
      fill={TICK.fill}
      fontSize={TICK.fontSize}
    >
      {at >= to ? 'now' : `−${Math.round((to - at) / 1_000)} s`}
    </text>
  )
}
