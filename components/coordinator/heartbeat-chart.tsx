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
import { type BeatInterval, beatIntervals, beatScale } from '@/lib/view/beat-intervals'
import { formatDuration, formatShortDuration } from '@/lib/view/format-duration'
import { useDetail, useServerNow } from '../live/use-live'
import { utcClock } from '../ui/format-time'
import { Skeleton } from '../ui/skeleton'
import { useLetterScale } from '../ui/use-letter-scale'
import { NothingYet } from './drawer-section'

const SHOWN = 60
/** Few bars stand as narrow as many would, at the end where new ones come. */
const LEAST = 40
/** px at the usual size of letters. */
const HEIGHT = 104

const MARKS = {
  expected: { stroke: 'var(--edge)', strokeDasharray: '3 3' },
  late: { stroke: 'var(--stale)', strokeDasharray: '4 3' },
  dead: { stroke: 'var(--dead)' },
} as const

/** The silences between the last beats against the expected one, and the limits where they come into sight. */
export function HeartbeatChart({ coordinator }: { coordinator: CoordinatorView }) {
  const { id, heartbeatIntervalMs: expected, thresholdMs, liveness } = coordinator
  const beats = useDetail(id)
  const now = useServerNow()
  const scale = useLetterScale()
  const height = HEIGHT * scale
  const counts = liveness === 'active' || liveness === 'stale' || liveness === 'dead'
  const intervals = beatIntervals(beats ?? [], counts ? now : 0, SHOWN)
  if (beats === undefined) return <Skeleton className="h-[6.5rem]" />
  if (intervals.length === 0) return <NothingYet>No beat since the server watches it.</NothingYet>
  const late = thresholdMs * STALE_FRACTION
  const { top, marks } = beatScale(intervals, expected, late, thresholdMs)
  const ended = intervals.filter((it) => !it.open)
  const average = ended.reduce((sum, it) => sum + it.gapMs, 0) / ended.length
  const bars: (BeatInterval | { at: number })[] = [
    ...Array.from({ length: Math.max(0, LEAST - intervals.length) }, (_, index) => ({ at: index })),
    ...intervals,
  ]
  return (
    <figure className="grid gap-1">
      {/* The caption says what it comes to; its axis by itself says nothing. */}
      <div aria-hidden style={{ height }}>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 360, height }}>
          <BarChart
            data={bars}
            margin={{ top: 6, right: 0, bottom: 0, left: 0 }}
            barCategoryGap={1}
            accessibilityLayer={false}
          >
            <XAxis dataKey="at" hide />
            <YAxis
              domain={[0, top]}
              ticks={marks.map((it) => it.ms)}
              width={48 * scale}
              interval={0}
              allowDataOverflow
              tickFormatter={formatShortDuration}
              tick={{ fill: 'var(--faint)', fontSize: '0.65625rem' }}
              axisLine={false}
              tickLine={false}
            />
            {marks.map(({ ms, means }) => (
              <ReferenceLine key={means} y={ms} {...MARKS[means]} />
            ))}
            <Tooltip
              cursor={{ fill: 'var(--soft)' }}
              isAnimationActive={false}
              content={({ payload }) => <Gap interval={intervalIn(payload?.[0]?.payload)} />}
            />
            <Bar
              dataKey="gapMs"
              isAnimationActive={false}
              minPointSize={2}
              radius={[1.5, 1.5, 0, 0]}
            >
              {bars.map((it) => (
                <Cell
                  key={'open' in it && it.open ? 'open' : it.at}
                  {...('gapMs' in it ? look(it, late, thresholdMs) : {})}
                />
              ))}
            </Bar>
          </BarChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="flex flex-wrap justify-between gap-x-3 text-xs text-faint">
        <span>
          {ended.length === 0 ? 'no beat of late' : `a beat every ${formatShortDuration(average)}`},
          expected {formatShortDuration(expected)}
        </span>
        <span>
          late after {formatDuration(late)}, dead after {formatDuration(thresholdMs)}
        </span>
      </figcaption>
    </figure>
  )
}

function intervalIn(payload: unknown): BeatInterval | undefined {
  const found = payload as Partial<BeatInterval> | undefined
  return found?.gapMs === undefined ? undefined : (found as BeatInterval)
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
