'use client'

import {
  ChevronFirst,
  ChevronLast,
  ChevronLeft,
  ChevronRight,
  History,
  TriangleAlert,
} from 'lucide-react'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { MARK_KINDS } from '@/lib/protocol/history'
import { formatDuration } from '@/lib/view/format-duration'
import { explain } from '../live/api-error'
import type { PastPoint } from '../live/past-point'
import { pagePast } from '../live/past-store'
import { leavePast, movePast } from '../live/past-url'
import { Queries } from '../live/queries'
import { serverNow, useServerNow } from '../live/use-live'
import { Present } from '../live/use-past'
import { whenLive } from '../live/when-live'
import { Button } from '../ui/button'
import { exactLocal, exactUtc, localClock } from '../ui/format-time'
import { IconButton } from '../ui/icon-button'
import { Kbd } from '../ui/kbd'
import { Segmented } from '../ui/segmented'
import { useTimeStyle } from '../ui/time-style'
import { MARK_LOOK, MarkShape } from './mark-shape'
import { PastLoader } from './past-loader'
import { TimeLine } from './time-line'
import { SPANS, type SpanId, spanHolding, type TimeWindow, windowAround } from './time-window'
import { useHistoryRange } from './use-history-range'

const subscribe = (listener: () => void) => pagePast().subscribe(listener)
const nothing = () => undefined

/** Over every room while it shows the past: which moment, what happened around it, and the way back. */
export function PastStrip() {
  return (
    <Present>
      <Queries>
        <Strip />
      </Queries>
    </Present>
  )
}

function usePastLoader(): PastLoader | undefined {
  const [loader, setLoader] = useState<PastLoader>()
  useEffect(() => {
    const fresh = new PastLoader(pagePast())
    setLoader(fresh)
    const stop = whenLive(() => fresh.retry())
    return () => {
      stop()
      fresh.stop()
    }
  }, [])
  return loader
}

function Strip() {
  const loader = usePastLoader()
  const point = useSyncExternalStore(subscribe, () => pagePast().getPoint(), nothing)
  const board = useSyncExternalStore(subscribe, () => pagePast().getBoard(), nothing)
  const failure = useSyncExternalStore(subscribe, () => pagePast().getFailure(), nothing)
  const now = useServerNow()
  const at = point?.at ?? now
  const [held, setHeld] = useState(false)
  const [span, setSpan] = useState<SpanId>(() => spanHolding(at, serverNow()))
  const [window, setWindow] = useState<TimeWindow>(() => windowOf(span, at))
  const range = useHistoryRange(window, held).data

  const go = useCallback((to: PastPoint) => {
    const [oldest, newest] = [0, serverNow()]
    movePast({ ...to, at: Math.min(newest, Math.max(oldest, to.at)) })
  }, [])
  const step = (by: -1 | 1) =>
    void loader?.step(by).then((to) => {
      if (to) go(to)
    })
  const jump = (by: -1 | 1) => {
    const marks = range?.marks ?? []
    const to = by === 1 ? marks.find((it) => it.at > at) : marks.findLast((it) => it.at < at)
    if (to) go({ at: to.at })
  }
  const edge = (to: 'oldest' | 'newest') =>
    go({ at: to === 'newest' ? (range?.to ?? now) : (range?.oldest ?? range?.from ?? at) })
  const widen = (id: SpanId) => {
    setSpan(id)
    setWindow(windowOf(id, at))
  }
  if (point === undefined) return null
  return (
    <section
      aria-label="The past"
      className="flex-none border-b border-ivory/50 bg-[color-mix(in_oklab,var(--ivory)_7%,var(--panel))]"
    >
      <Hatch />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2">
        <Moment
          at={board?.point.at ?? at}
          now={now}
          loading={board?.point !== point && failure === undefined}
        />
        <span className="flex items-center">
          <IconButton label="Mark before" hint="⇧ ←" size="sm" onClick={() => jump(-1)}>
            <ChevronFirst />
          </IconButton>
          <IconButton label="Event before" hint="←" size="sm" onClick={() => step(-1)}>
            <ChevronLeft />
          </IconButton>
          <IconButton label="Event after" hint="→" size="sm" onClick={() => step(1)}>
            <ChevronRight />
          </IconButton>
          <IconButton label="Mark after" hint="⇧ →" size="sm" onClick={() => jump(1)}>
            <ChevronLast />
          </IconButton>
        </span>
        <Segmented
          label="How much of the past"
          value={span}
          onChange={widen}
          options={SPANS.map(({ id }) => ({ value: id, label: id }))}
        />
        <Legend />
        <Button kind="primary" size="md" className="ml-auto max-md:order-first" onClick={leavePast}>
          Back to live
          <span className="max-md:hidden">
            <Kbd>esc</Kbd>
          </span>
        </Button>
      </div>
      {failure !== undefined && (
        <p role="alert" className="flex flex-wrap items-center gap-2 px-4 pb-2 text-base text-ink">
          <TriangleAlert aria-hidden className="size-4 flex-none text-stale" />
          {explain(failure)}
          {range?.oldest !== undefined && at < range.oldest ? (
            <Button onClick={() => edge('oldest')}>Go to the earliest</Button>
          ) : (
            <Button onClick={() => loader?.retry()}>Try again</Button>
          )}
        </p>
      )}
      <TimeLine
        range={range}
        at={at}
        now={now}
        onMove={(time) => go({ at: time })}
        onStep={step}
        onJump={jump}
        onEdge={edge}
        onHold={setHeld}
      />
    </section>
  )
}

function windowOf(id: SpanId, at: number): TimeWindow {
  return windowAround(at, serverNow(), SPANS.find((it) => it.id === id)?.ms)
}

/** The moment that the board shows, said once to those who listen rather than look. */
function Moment({ at, now, loading }: { at: number; now: number; loading: boolean }) {
  const local = useTimeStyle() === 'local'
  return (
    <p className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-base text-mute">
      <span className="flex items-center gap-1.5 self-center font-semibold text-ink">
        <History aria-hidden className="size-4" />
        The past
      </span>
      <time
        dateTime={new Date(at).toISOString()}
        title={`${exactUtc(at)}\n${exactLocal(at)}`}
        className="mono text-md font-medium text-ink"
      >
        {local ? (
          `${localClock(at)} local`
        ) : (
          <>
            <span className="max-md:sr-only">{exactUtc(at).slice(0, 11)}</span>
            {exactUtc(at).slice(11, 23)}
          </>
        )}
        {!local && <span className="text-mute"> UTC</span>}
      </time>
      <span className="tabular-nums">{formatDuration(Math.max(0, now - at))} ago</span>
      <span aria-live="polite" className={loading ? 'text-faint' : 'sr-only'}>
        {loading ? 'on its way…' : ''}
      </span>
    </p>
  )
}

function Legend() {
  return (
    <ul aria-label="Marks" className="flex gap-3 text-xs text-mute max-lg:hidden">
      {MARK_KINDS.map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <MarkShape kind={kind} />
          {MARK_LOOK[kind].name}
        </li>
      ))}
    </ul>
  )
}

function Hatch() {
  return (
    <span
      aria-hidden
      className="block h-1.5 bg-[repeating-linear-gradient(135deg,var(--ivory)_0_5px,transparent_5px_12px)] opacity-70"
    />
  )
}
