'use client'

import {
  ComposedChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  XAxis,
  YAxis,
  ZIndexLayer,
} from 'recharts'
import type { ConsensusView, Decision } from '@/lib/protocol/consensus'
import { formatConfidence } from '@/lib/view/confidence'
import type { WhatIf } from '@/lib/view/what-if'
import { useLetterScale } from '../ui/use-letter-scale'
import { Legend } from './legend'
import { RoundColumns } from './round-columns'
import { SupposedLine } from './supposed-line'
import type { ValidatorLook } from './validator-look'

export interface ConfidenceChartProps {
  rounds: readonly ConsensusView[]
  validators: readonly string[]
  names: ReadonlyMap<string, string>
  looks: ReadonlyMap<string, ValidatorLook>
  what: WhatIf
  /** Rounds that would have been decided otherwise, and how. */
  flipped: ReadonlyMap<string, Decision>
  selected: string
  onSelect: (key: string) => void
  onThreshold: (threshold: number | undefined) => void
}

/** Lines of the axes lie on 400 and their labels on 2000: the marks belong over the one and under the other. */
const OVER_LINES = 700
/** px at the usual size of letters, as the other measures of the chart. */
const FOOT = 44

/** The iterations of one loop side by side: every confidence against the threshold, average, spread and decision. */
export function ConfidenceChart(props: ConfidenceChartProps) {
  const { rounds, what, onThreshold } = props
  const scale = useLetterScale()
  const threshold = rounds.at(-1)?.threshold ?? 0.9
  const low = floorOf(rounds, Math.min(threshold, what.threshold ?? 1))
  const points = rounds.flatMap((round, index) =>
    round.votes.map((it) => ({ x: index, y: it.confidence })),
  )
  return (
    <div>
      <Legend {...props} />
      <div className="h-[clamp(20rem,calc(100dvh-17.5rem),58rem)]">
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 760, height: 340 }}
        >
          <ComposedChart
            accessibilityLayer={false}
            margin={{ top: 10, right: 56 * scale, bottom: 0, left: 0 }}
          >
            <XAxis
              type="number"
              dataKey="x"
              domain={[-0.5, Math.max(0, rounds.length - 1) + 0.5]}
              ticks={[]}
              height={FOOT * scale}
              axisLine={false}
              tickLine={false}
            />
            <YAxis
              type="number"
              dataKey="y"
              domain={[low, 1]}
              ticks={ticksFrom(low)}
              width={40 * scale}
              tickFormatter={(value: number) => value.toFixed(1)}
              tick={{ fill: 'var(--faint)', fontSize: '0.6875rem' }}
              axisLine={false}
              tickLine={false}
            />
            {ticksFrom(low).map((tick) => (
              <ReferenceLine key={tick} y={tick} stroke="var(--soft)" />
            ))}
            <ReferenceArea
              y1={threshold}
              y2={1}
              fill="var(--active)"
              fillOpacity={0.06}
              stroke="none"
            />
            <ReferenceLine
              y={threshold}
              stroke="var(--ivory)"
              strokeWidth={1.5}
              label={<ThresholdLabel value={threshold} scale={scale} />}
            />
            {/* Gives the axes their data; the marks are drawn with the columns. */}
            <Scatter data={points} isAnimationActive={false} shape={() => <g />} />
            <ZIndexLayer zIndex={OVER_LINES}>
              <RoundColumns {...props} foot={FOOT * scale} />
              <SupposedLine
                real={threshold}
                supposed={what.threshold}
                low={low}
                onChange={onThreshold}
              />
            </ZIndexLayer>
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </div>
  )
}

interface LabelBox {
  value: number
  scale: number
  viewBox?: { x?: number; y?: number; width?: number }
}

function ThresholdLabel({ value, scale, viewBox }: LabelBox) {
  const right = (viewBox?.x ?? 0) + (viewBox?.width ?? 0)
  const y = viewBox?.y ?? 0
  return (
    <g transform={`translate(${right + 6 * scale} ${y}) scale(${scale})`}>
      <rect y="-10" width="42" height="20" rx="6" fill="var(--ivory)" />
      <text x="21" y="4" textAnchor="middle" fontSize="11" fontWeight="600" fill="var(--on-ivory)">
        {formatConfidence(value)}
      </text>
    </g>
  )
}

/** The axis begins at the tenth below the lowest that has to be seen, and at 0.6 at most. */
function floorOf(rounds: readonly ConsensusView[], threshold: number): number {
  const lowest = Math.min(
    threshold - 0.05,
    ...rounds.flatMap((round) => round.votes.map((it) => it.confidence - 0.02)),
  )
  return Math.max(0, Math.min(0.6, Math.floor(lowest * 10) / 10))
}

function ticksFrom(low: number): number[] {
  const step = low < 0.4 ? 0.2 : 0.1
  const ticks: number[] = []
  for (let tick = 1; tick > low - 0.0001; tick -= step) ticks.unshift(Math.round(tick * 10) / 10)
  return ticks
}
