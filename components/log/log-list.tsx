'use client'

import { memo, useEffect, useRef } from 'react'
import type { BoxEvent } from '@/lib/protocol/events'
import { eventSentence } from '@/lib/view/event-sentence'
import { eventTone } from '@/lib/view/event-tone'
import { cx } from '../ui/cx'
import { exactTitle, utcClockMs } from '../ui/format-time'
import { Sentence } from '../ui/sentence'
import { useLetterScale } from '../ui/use-letter-scale'
import { useMedia } from '../ui/use-media'
import { useVirtualRows } from '../ui/use-virtual-rows'
import type { Log } from './use-log'

/** Measured in letters of 16 px. */
const LINE_PX = 30
const NARROW_LINE_PX = 50
/** As near to the end as this, older ones are read. */
const NEAR_END = 20

interface LogListProps {
  log: Log
  onShow: (event: BoxEvent) => void
}

/** The lines of the log. Scrolling away from the newest holds it; coming back follows again. */
export function LogList({ log, onShow }: LogListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const { events, held, setHeld, hasOlder, loadOlder } = log
  // The breakpoint `md` of the style sheet.
  const narrow = useMedia('(max-width: 51.99rem)')
  const linePx = Math.round((narrow ? NARROW_LINE_PX : LINE_PX) * useLetterScale())
  const { rows, height, handlers } = useVirtualRows({
    scroller,
    count: events.length,
    keyAt: (index) => events[index]?.seq ?? String(index),
    height: linePx,
    overscan: 16,
    // Who goes from line to line reads: nothing may come in between, but at the newest.
    onStep: (index) => setHeld(index > 0),
  })
  const last = rows.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasOlder && last >= events.length - NEAR_END) loadOlder()
  }, [hasOlder, last, events.length, loadOlder])
  useEffect(() => {
    if (!held && scroller.current) scroller.current.scrollTop = 0
  }, [held])
  return (
    <div
      ref={scroller}
      role="log"
      aria-label="Events, the newest first"
      aria-live="off"
      className="scrolls min-h-0 flex-1 border-t border-line [overflow-anchor:none]"
      onScroll={(event) => {
        const top = event.currentTarget.scrollTop
        if (top > linePx * 2) setHeld(true)
        else if (top === 0 && held) setHeld(false)
      }}
      {...handlers}
    >
      <div className="relative" style={{ height }}>
        {rows.map((item) => {
          const event = events[item.index]
          if (event === undefined) return null
          return (
            <div
              key={item.key}
              data-row={event.seq}
              className="absolute inset-x-0"
              style={{ top: item.start, height: linePx }}
            >
              <LogLine event={event} onShow={onShow} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

interface LogLineProps {
  event: BoxEvent
  onShow: (event: BoxEvent) => void
}

const LogLine = memo(function LogLine({ event, onShow }: LogLineProps) {
  const byOperator = event.type.startsWith('operator.')
  const sentence = eventSentence(event)
  const isNamed = sentence.some((it) => it.kind === 'id' && it.id === event.actor)
  return (
    <div
      data-tone={eventTone(event)}
      className={cx(
        'flex h-full items-center gap-x-3 border-b border-soft px-4 text-sm whitespace-nowrap hover:bg-raise max-md:flex-wrap max-md:content-center',
        byOperator &&
          'border-l-2 border-l-ivory bg-[color-mix(in_oklab,var(--ivory)_7%,transparent)] pl-3.5',
      )}
    >
      <time
        dateTime={new Date(event.at).toISOString()}
        title={exactTitle(event.at)}
        className="mono w-22 flex-none text-xs text-faint"
      >
        {utcClockMs(event.at)}
      </time>
      <span aria-hidden className="size-[7px] flex-none rounded-full bg-tone" />
      <button
        type="button"
        title="Show all of it"
        onClick={() => onShow(event)}
        className="mono w-49 flex-none truncate rounded-sm text-left text-xs font-medium text-ink hover:underline max-md:w-auto max-md:flex-1"
      >
        {event.type}
      </button>
      <Sentence parts={sentence} className="min-w-0 flex-1 truncate text-mute max-md:basis-full" />
      {!isNamed && (
        <span className="mono max-w-48 flex-none truncate text-xs text-faint max-lg:hidden">
          by {event.actor}
        </span>
      )}
    </div>
  )
})
