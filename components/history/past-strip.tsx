'use client'

import { TriangleAlert } from 'lucide-react'
import {
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { explain } from '../live/api-error'
import type { PastPoint } from '../live/past-point'
import { pagePast } from '../live/past-store'
import { leavePast, movePast } from '../live/past-url'
import { Queries } from '../live/queries'
import { serverNow, useServerNow } from '../live/use-live'
import { Present } from '../live/use-past'
import { whenLive } from '../live/when-live'
import { Button } from '../ui/button'
import { Kbd } from '../ui/kbd'
import { Segmented } from '../ui/segmented'
import { usePaneFocus } from '../ui/use-pane-focus'
import { PastLoader } from './past-loader'
import { PastMoment } from './past-moment'
import { TimeLine } from './time-line'
import { SPANS, type SpanId, spanHolding, type TimeWindow, windowAround } from './time-window'
import { Transport } from './transport'
import { useHistoryRange } from './use-history-range'
import { usePlayback } from './use-playback'

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
  const playback = usePlayback(loader, go)
  const step = (by: -1 | 1) => {
    playback.pause()
    void loader?.step(by).then((to) => {
      if (to) go(to)
    })
  }
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
  const hold = (it: boolean) => {
    setHeld(it)
    playback.hold(it)
  }
  // Who plays it past the end of the line goes on seeing where they are.
  const isOver = window.end !== undefined && at > window.end
  useEffect(() => {
    if (isOver) setWindow(windowOf(span, at))
  }, [isOver, span, at])
  if (point === undefined) return null
  const noteOf = () => {
    if (board?.point !== point && failure === undefined) return 'on its way…'
    return playback.ended === point ? 'The log ends here.' : ''
  }
  return (
    <Frame>
      <Hatch />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2">
        <PastMoment at={board?.point.at ?? at} now={now} note={noteOf()} />
        <Transport playback={playback} onStep={step} onJump={jump} />
        <Segmented
          label="How much of the past"
          value={span}
          onChange={widen}
          options={SPANS.map(({ id }) => ({ value: id, label: id }))}
        />
        <Button kind="primary" size="md" className="ml-auto max-md:order-first" onClick={leavePast}>
          Back to live
          <span className="max-md:hidden">
            <Kbd hint>esc</Kbd>
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
        playing={playback.playing}
        onMove={(time) => go({ at: time })}
        onStep={step}
        onJump={jump}
        onEdge={edge}
        onHold={hold}
      />
    </Frame>
  )
}

/** When it goes, the focus that was in it goes back to the room. */
function Frame({ children }: { children: ReactNode }) {
  const box = useRef<HTMLElement>(null)
  usePaneFocus(box, false)
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label="The past"
      className="flex-none border-b border-ivory/50 bg-[color-mix(in_oklab,var(--ivory)_7%,var(--panel))] outline-none"
    >
      {children}
    </section>
  )
}

function windowOf(id: SpanId, at: number): TimeWindow {
  return windowAround(at, serverNow(), SPANS.find((it) => it.id === id)?.ms)
}

function Hatch() {
  return (
    <span
      aria-hidden
      className="block h-1.5 bg-[repeating-linear-gradient(135deg,var(--ivory)_0_5px,transparent_5px_12px)] opacity-70"
    />
  )
}
