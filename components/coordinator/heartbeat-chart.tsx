'use client'

import {
  Bar,
  BarChart,
  Cell,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import { STALE_FRACTION } from '@/lib/protocol/liveness'
import { type BeatInterval, beatIntervals } from '@/lib/view/beat-intervals'
import { formatDuration, formatShortDuration } from '@/lib/view/format-duration'
import { useDetail, useServerNow } from '../live/use-live'
import { utcClock } from '../ui/format-time'
import { NothingYet } from './drawer-section'

const SHOWN = 60
const HEIGHT = 104

/** The silences between the last beats against the expected one, and the threshold where it is in sight. */
export function HeartbeatChart({ coordinator }: { coordinator: CoordinatorView }) {
  const { id, heartbeatIntervalMs: expected, thresholdMs } = coordinator
  const beats = useDetail(id)
  const now = useServerNow()
  const living =
    coordinator.liveness === 'active' ||
    coordinator.liveness === 'stale' ||
    coordinator.liveness === 'dead'
  const intervals = beatIntervals(beats ?? [], living ? now : 0, SHOWN)
  if (intervals.length === 0) return <NothingYet>No beat since this page looks at it.</NothingYet>
  const longest = Math.max(...intervals.map((it) => it.gapMs))
  const top = Math.max(expected * 2, longest * 1.15)
  const late = thresholdMs * STALE_FRACTION
  const average = intervals.reduce((sum, it) => sum + it.gapMs, 0) / intervals.length
  return (
    <figure className="grid gap-1">
      <div style={{ height: HEIGHT }}>
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 360, height: HEIGHT }}
        >
          <BarChart
            data={[...intervals]}
            margin={{ top: 6, right: 0, bottom: 0, left: 0 }}
            barCategoryGap={1}
          >
            <XAxis dataKey="at" hide />
            <YAxis
              domain={[0, top]}
              width={38}
              tickCount={3}
              tickFormatter={formatShortDuration}
              tick={{ fill: 'var(--faint)', fontSize: 10.5 }}
              axisLine={false}
              tickLine={false}
            />
            <ReferenceLine y={expected} stroke="var(--edge)" strokeDasharray="3 3" />
            {late <= top && <ReferenceLine y={late} stroke="var(--stale)" strokeDasharray="4 3" />}
            {thresholdMs <= top && <ReferenceLine y={thresholdMs} stroke="var(--dead)" />}
            <Tooltip
              cursor={{ fill: 'var(--soft)' }}
              isAnimationActive={false}
              content={({ payload }) => (
                <Gap interval={payload?.[0]?.payload as BeatInterval | undefined} />
              )}
            />
            <Bar
              dataKey="gapMs"
              isAnimationActive={false}
              minPointSize={2}
              radius={[1.5, 1.5, 0, 0]}
            >
              {intervals.map((it) => (
                <Cell key={it.open ? 'open' : it.at} {...look(it, late, thresholdMs)} />
              ))}
            </Bar>
          </BarChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="flex flex-wrap justify-between gap-x-3 text-xs text-faint">
        <span>
          a beat every {formatShortDuration(average)}, expected {formatShortDuration(expected)}
        </span>
        <span>
          late after {formatDuration(late)}, dead after {formatDuration(thresholdMs)}
        </span>
      </figcaption>
    </figure>
  )
}

function look(interval: BeatInterval, late: number, threshold: number) {
  const tone = interval.gapMs >= threshold ? 'dead' : interval.gapMs >= late ? 'stale' : 'active'
  return interval.open
    ? {
        fill: `var(--${tone})`,
        fillOpacity: 0.25,
        stroke: `var(--${tone})`,
        strokeWidth: 1,
        strokeDasharray: '2 2',
      }
    : { fill: `var(--${tone})`, fillOpacity: 0.85 }
}

function Gap({ interval }: { interval: BeatInterval | undefined }) {
  if (interval === undefined) return null
  return (
    <div className="rounded-md border border-line bg-raise px-2 py-1 text-xs text-ink shadow-float">
      {interval.open ? 'silent for ' : ''}
      <b className="font-semibold">{formatShortDuration(interval.gapMs)}</b>
      {!interval.open && <span className="text-mute"> before {utcClock(interval.at)} UTC</span>}
    </div>
  )
}
