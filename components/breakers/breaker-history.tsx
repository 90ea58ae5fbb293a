'use client'

import { Area, AreaChart, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import type { BreakerView } from '@/lib/protocol/breaker'
import { breakerLine } from '@/lib/view/breaker-line'
import { useServerNow } from '../live/use-live'
import { LINE_MS } from './breaker-circle'
import { breakerTones } from './breaker-look'

const HEIGHT = 96
const NAMES: Record<number, string> = { 0: 'closed', 0.5: 'half', 1: 'open' }

/** The states of the last two minutes as a step line that moves with the clock. The transitions under it say the same in words. */
export function BreakerHistory({ breaker }: { breaker: BreakerView }) {
  const now = useServerNow()
  const points = breakerLine(breaker, now, LINE_MS)
  const colour = `var(--${breakerTones[breaker.state]})`
  return (
    <div aria-hidden style={{ height: HEIGHT }}>
      <ResponsiveContainer
        width="100%"
        height="100%"
        initialDimension={{ width: 360, height: HEIGHT }}
      >
        <AreaChart
          data={points}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <XAxis
            type="number"
            dataKey="at"
            domain={[now - LINE_MS, now]}
            ticks={[now - LINE_MS, now - LINE_MS / 2, now]}
            tickFormatter={(at: number) =>
              at >= now ? 'now' : `−${Math.round((now - at) / 1_000)} s`
            }
            tick={{ fill: 'var(--faint)', fontSize: 10.5 }}
            axisLine={{ stroke: 'var(--soft)' }}
            tickLine={false}
            height={20}
            interval="preserveStartEnd"
          />
          <YAxis
            domain={[0, 1]}
            ticks={[0, 0.5, 1]}
            width={42}
            tickFormatter={(level: number) => NAMES[level] ?? ''}
            tick={{ fill: 'var(--faint)', fontSize: 10.5 }}
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
