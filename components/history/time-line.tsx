'use client'

import { type KeyboardEvent, memo, type PointerEvent, useMemo, useRef, useState } from 'react'
import { type HistoryRange, MARK_KINDS, type MarkKind } from '@/lib/protocol/history'
import { formatDuration } from '@/lib/view/format-duration'
import { exactUtc, localClock, utcClock } from '../ui/format-time'
import { useTimeStyle } from '../ui/time-style'
import { MARK_LOOK, MarkShape } from './mark-shape'
import { placeIn } from './time-window'

interface TimeLineProps {
  range: HistoryRange | undefined
  /** The moment that is asked for, ms. */
  at: number
  /** Now by the server's clock, ms. */
  now: number
  /** It goes on by itself: not every moment is said to those who listen. */
  playing: boolean
  onMove: (at: number) => void
  onStep: (by: -1 | 1) => void
  onJump: (by: -1 | 1) => void
  onEdge: (edge: 'oldest' | 'newest') => void
  onHold: (held: boolean) => void
}

/** Marks that may stand side by side: of more, one stands for its neighbours. */
const PLACES = 160

/** What happened when, and the moment that is shown, to be dragged. */
export function TimeLine(props: TimeLineProps) {
  const { range, at, now, playing, onMove, onHold } = props
  const line = useRef<HTMLDivElement>(null)
  const [hover, setHover] = useState<number>()
  const from = range?.from ?? at - 1
  const to = range?.to ?? at
  const timeAt = (event: PointerEvent): number => {
    const box = line.current?.getBoundingClientRect()
    if (!box || box.width === 0) return at
    const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
    return Math.round(from + part * (to - from))
  }
  const place = placeIn(at, from, to)
  return (
    <div className="grid gap-1 px-4 pb-2">
      <div
        ref={line}
        role="slider"
        tabIndex={0}
        aria-label="Moment shown"
        aria-valuemin={from}
        aria-valuemax={to}
        aria-valuenow={Math.min(to, Math.max(from, at))}
        aria-valuetext={playing ? 'playing' : `${exactUtc(at)}, ${formatDuration(now - at)} ago`}
        aria-keyshortcuts="Space ArrowLeft ArrowRight PageUp PageDown Home End"
        className="group relative h-11 cursor-ew-resize touch-none rounded-md border border-line bg-bg select-none"
        onKeyDown={(event) => onKey(event, props)}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          onHold(true)
          onMove(timeAt(event))
        }}
        onPointerMove={(event) => {
          const time = timeAt(event)
          setHover(time)
          if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove(time)
        }}
        onPointerUp={() => onHold(false)}
        onPointerCancel={() => onHold(false)}
        onPointerLeave={() => setHover(undefined)}
      >
        {range && <Bars counts={range.buckets} />}
        {range && <Marks range={range} />}
        {hover !== undefined && <HoverLine at={hover} part={placeIn(hover, from, to)} />}
        <span
          aria-hidden
          className="pointer-events-none absolute -inset-y-1 w-0.5 -translate-x-1/2 rounded-full bg-ivory"
          style={{ left: `${place * 100}%` }}
        >
          <span className="absolute -top-1 left-1/2 size-2.5 -translate-x-1/2 rounded-full bg-ivory ring-2 ring-panel" />
        </span>
      </div>
      <Ends from={from} to={to} now={now} />
    </div>
  )
}

function onKey(event: KeyboardEvent, { onStep, onJump, onEdge }: TimeLineProps): void {
  const acts: Record<string, () => void> = {
    ArrowLeft: () => (event.shiftKey ? onJump(-1) : onStep(-1)),
    ArrowDown: () => (event.shiftKey ? onJump(-1) : onStep(-1)),
    ArrowRight: () => (event.shiftKey ? onJump(1) : onStep(1)),
    ArrowUp: () => (event.shiftKey ? onJump(1) : onStep(1)),
    PageDown: () => onJump(-1),
    PageUp: () => onJump(1),
    Home: () => onEdge('oldest'),
    End: () => onEdge('newest'),
  }
  const act = acts[event.key]
  if (!act || event.altKey || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  act()
}

/** How much happened: the root of the number, for one busy second must not flatten an hour. */
const Bars = memo(function Bars({ counts }: { counts: readonly number[] }) {
  const path = useMemo(() => {
    const most = Math.sqrt(Math.max(1, ...counts))
    return counts
      .map((count, index) => {
        if (count === 0) return ''
        const height = Math.max(3, (Math.sqrt(count) / most) * 58)
        return `M${index + 0.1} 100V${(100 - height).toFixed(1)}H${index + 0.9}V100Z`
      })
      .join('')
  }, [counts])
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${counts.length} 100`}
      preserveAspectRatio="none"
      className="pointer-events-none absolute inset-0 size-full overflow-hidden rounded-md"
    >
      <path d={path} className="fill-faint opacity-60" />
    </svg>
  )
})

const Marks = memo(function Marks({ range: { marks, from, to } }: { range: HistoryRange }) {
  const shown = useMemo(() => {
    const places = new Map<string, { kind: MarkKind; part: number; count: number }>()
    for (const { at, kind } of marks) {
      const part = placeIn(at, from, to)
      const key = `${kind} ${Math.floor(part * PLACES)}`
      const known = places.get(key)
      places.set(key, { kind, part: known?.part ?? part, count: (known?.count ?? 0) + 1 })
    }
    return [...places]
  }, [marks, from, to])
  return shown.map(([key, { kind, part }]) => (
    <MarkShape
      key={key}
      kind={kind}
      className="pointer-events-none absolute -translate-x-1/2"
      style={{ left: `${part * 100}%`, top: TOPS[kind] }}
    />
  ))
})

/** Each kind in a row of its own, so that none hides another. */
const TOPS: Record<MarkKind, number> = { death: 3, escalation: 3, decision: 14 }

function HoverLine({ at, part }: { at: number; part: number }) {
  const local = useTimeStyle() === 'local'
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute inset-y-0 w-px bg-edge"
      style={{ left: `${part * 100}%` }}
    >
      <span
        className="mono absolute bottom-0.5 rounded-sm bg-raise px-1 text-2xs whitespace-nowrap text-mute"
        style={part > 0.5 ? { right: 3 } : { left: 3 }}
      >
        {local ? localClock(at) : utcClock(at)}
      </span>
    </span>
  )
}

function Ends({ from, to, now }: { from: number; to: number; now: number }) {
  const local = useTimeStyle() === 'local'
  const clock = (at: number) => (local ? localClock(at) : `${utcClock(at)} UTC`)
  return (
    <div className="flex justify-between gap-4 text-2xs text-faint">
      <span title={exactUtc(from)}>
        <span className="mono">{clock(from)}</span>, {formatDuration(Math.max(0, now - from))} ago
      </span>
      <Legend />
      <span title={exactUtc(to)}>
        {now - to < 30_000 ? 'now' : <span className="mono">{clock(to)}</span>}
      </span>
    </div>
  )
}

function Legend() {
  return (
    <ul aria-label="Marks" className="flex gap-3 text-mute max-md:hidden">
      {MARK_KINDS.map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <MarkShape kind={kind} />
          {MARK_LOOK[kind].name}
        </li>
      ))}
    </ul>
  )
}
