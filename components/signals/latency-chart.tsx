'use client'

import {
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { inUnit } from '@/lib/view/format-duration'
import { type AckLatency, quantile } from '@/lib/view/latency'
import { utcClock } from '../ui/format-time'
import { useLetterScale } from '../ui/use-letter-scale'

/** px at the usual size of letters. */
const HEIGHT = 92
/** Nothing is faster than this, and a logarithm knows no zero. */
const FASTEST = 0.5

/** How long ACKs took, a dot each over the time at which they came; fast and slow are both seen. */
export function LatencyChart({ latencies }: { latencies: readonly AckLatency[] }) {
  const scale = useLetterScale()
  const height = HEIGHT * scale
  if (latencies.length === 0) return <p className="text-sm text-faint">No ACK has come of late.</p>
  const values = latencies.map((it) => it.ms)
  const usual = quantile(values, 0.5) ?? 0
  const slow = quantile(values, 0.95) ?? 0
  const dots = latencies.map((it) => ({ ...it, shown: Math.max(FASTEST, it.ms) }))
  const { low, high, ticks } = decadesAround(dots.map((it) => it.shown))
  const from = dots[0]?.at ?? 0
  const to = dots.at(-1)?.at ?? from
  return (
    <figure className="grid gap-1">
      {/* The caption says what it comes to; its axis by itself says nothing. */}
      <div aria-hidden style={{ height }}>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 360, height }}>
          <ScatterChart
            margin={{ top: 6, right: 6, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <XAxis type="number" dataKey="at" domain={[from - 1, to + 1]} hide />
            <YAxis
              type="number"
              dataKey="shown"
              scale="log"
              domain={[low, high]}
              ticks={ticks}
              width={48 * scale}
              tickFormatter={spanWord}
              tick={{ fill: 'var(--faint)', fontSize: '0.65625rem' }}
              axisLine={false}
              tickLine={false}
            />
            {ticks.map((tick) => (
              <ReferenceLine key={tick} y={tick} stroke="var(--soft)" />
            ))}
            <ReferenceLine
              y={Math.max(FASTEST, slow)}
              stroke="var(--stale)"
              strokeDasharray="4 3"
            />
            <Tooltip
              cursor={false}
              isAnimationActive={false}
              content={({ payload }) => (
                <Dot latency={payload?.[0]?.payload as AckLatency | undefined} />
              )}
            />
            <Scatter
              data={dots}
              isAnimationActive={false}
              shape={({ cx, cy }: { cx?: number; cy?: number }) => (
                <circle cx={cx} cy={cy} r={2.4} fill="var(--active)" fillOpacity={0.7} />
              )}
            />
          </ScatterChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="flex flex-wrap justify-between gap-x-3 text-xs text-faint">
        <span>
          half within {spanWord(usual)}, 95 of 100 within{' '}
          <span className="text-stale-ink">{spanWord(slow)}</span>
        </span>
        <span>the last {latencies.length}</span>
      </figcaption>
    </figure>
  )
}

/** Powers of ten around all values, so that the axis reads in round numbers. */
function decadesAround(values: readonly number[]) {
  const first = Math.floor(Math.log10(Math.min(...values)))
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...values))))
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index))
  return { low: 10 ** first, high: 10 ** last, ticks }
}

function spanWord(ms: number): string {
  return ms < 1_000
    ? inUnit(Number(ms.toPrecision(2)), 'ms')
    : inUnit(Number((ms / 1_000).toPrecision(2)), 's')
}

function Dot({ latency }: { latency: AckLatency | undefined }) {
  if (latency === undefined) return null
  return (
    <div className="rounded-md border border-line bg-raise px-2 py-1 text-xs text-ink shadow-float">
      <span className="mono">{latency.coordinatorId}</span>{' '}
      <b className="font-semibold">{spanWord(latency.ms)}</b>
      <span className="text-mute">
        {' '}
        {latency.type}, {utcClock(latency.at)} UTC
      </span>
    </div>
  )
}
