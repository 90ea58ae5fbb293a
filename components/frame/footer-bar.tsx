'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { memo, useState } from 'react'
import type { BoxEvent } from '@/lib/protocol/events'
import { eventSentence } from '@/lib/view/event-sentence'
import { eventTone } from '@/lib/view/event-tone'
import { useRecentEvents } from '../live/use-live'
import { useIsPast } from '../live/use-past'
import { coordinatorInUrl, isBoard } from '../ui/coordinator-href'
import { exactTitle, utcClockMs } from '../ui/format-time'
import { Kbd } from '../ui/kbd'
import { Sentence } from '../ui/sentence'
import { keyBindings, keyName } from './key-bindings'
import { runShortcut } from './shortcuts'
import { useSingleKeys } from './single-keys'

/** As many as a wall has room for; elsewhere the last ones are cut off. */
const SHOWN = 5
/** In the past, nothing can be done. */
const ACTING = new Set<string>(['escalate', 'send'])
const HINTS = ['next', 'previous', 'escalate', 'send', 'help'] as const

/** The latest events, and the keys that one needs first. */
export function FooterBar() {
  const latest = useRecentEvents().slice(-SHOWN).reverse()
  // A link must not go from under the pointer, nor take the focus along when it is pushed out.
  const [held, setHeld] = useState<readonly BoxEvent[]>()
  const events = held ?? latest
  const hold = () => setHeld((before) => before ?? latest)
  return (
    <footer className="flex h-8 flex-none items-center gap-5 overflow-hidden border-t border-line bg-panel px-4 max-md:hidden">
      <section
        aria-label="Latest events"
        onPointerEnter={hold}
        onPointerLeave={({ currentTarget }) => {
          if (!currentTarget.matches(':focus-within')) setHeld(undefined)
        }}
        onFocus={hold}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) setHeld(undefined)
        }}
        className="flex min-w-0 flex-1 items-center gap-5 overflow-hidden text-xs [mask-image:linear-gradient(90deg,#000_calc(100%-48px),transparent)]"
      >
        {events.length === 0 ? (
          <span className="text-faint">The latest events will stand here.</span>
        ) : (
          events.map((event) => <FooterEvent key={event.seq} event={event} />)
        )}
      </section>
      <KeyHints />
    </footer>
  )
}

const FooterEvent = memo(function FooterEvent({ event }: { event: BoxEvent }) {
  return (
    <span
      data-tone={eventTone(event)}
      className="flex flex-none items-center gap-2 whitespace-nowrap text-mute"
    >
      <time
        dateTime={new Date(event.at).toISOString()}
        title={exactTitle(event.at)}
        className="mono flex-none text-faint"
      >
        {utcClockMs(event.at)}
      </time>
      <span aria-hidden className="size-1.5 flex-none rounded-full bg-tone" />
      <b className="mono flex-none font-medium text-ink">{event.type}</b>
      <Sentence parts={eventSentence(event)} />
    </span>
  )
})

const KeyHints = memo(function KeyHints() {
  const isPast = useIsPast()
  const pathname = usePathname()
  const search = useSearchParams()
  // Elsewhere there is nobody whom the key could mean.
  const escalates =
    isBoard(pathname) ||
    pathname === '/attention' ||
    coordinatorInUrl(pathname, search) !== undefined
  if (!useSingleKeys()) return null
  return (
    <div className="flex flex-none items-center gap-3 text-xs text-faint max-xl:hidden">
      {HINTS.map((action) => {
        const binding = keyBindings.find((it) => it.action === action)
        if (!binding) return null
        const pair = action === 'next'
        if (action === 'previous' || (isPast && ACTING.has(action))) return null
        if (action === 'escalate' && !escalates) return null
        return (
          <button
            key={action}
            type="button"
            // What the key is about is what has the focus: a press by hand leaves it there.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => runShortcut(action)}
            className="flex min-h-6 items-center gap-1.5 rounded-sm hover:text-ink"
          >
            {binding.keys.map((key) => (
              <Kbd key={key}>{keyName(key, false)}</Kbd>
            ))}
            {pair && <Kbd>k</Kbd>}
            {pair ? 'move' : binding.says}
          </button>
        )
      })}
    </div>
  )
})
