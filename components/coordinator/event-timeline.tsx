'use client'

import Link from 'next/link'
import type { BoxEvent } from '@/lib/protocol/events'
import { compareSequences } from '@/lib/protocol/ids'
import { eventSentence } from '@/lib/view/event-sentence'
import { eventTone } from '@/lib/view/event-tone'
import { Sentence } from '../ui/sentence'
import { Time } from '../ui/time'
import { DrawerSection, NothingYet } from './drawer-section'

const SHOWN = 30

/** What happened to it, the latest first. */
export function EventTimeline({
  events,
  coordinatorId,
}: {
  events: readonly BoxEvent[]
  coordinatorId: string
}) {
  const latest = [...events].sort((a, b) => compareSequences(b.seq, a.seq)).slice(0, SHOWN)
  return (
    <DrawerSection
      title="Timeline"
      aside={
        <Link
          href={`/events?of=${encodeURIComponent(coordinatorId)}`}
          className="underline-offset-2 hover:text-ink hover:underline"
        >
          all
        </Link>
      }
    >
      {latest.length === 0 ? (
        <NothingYet>Nothing has happened to it yet.</NothingYet>
      ) : (
        <ol className="grid">
          {latest.map((event) => (
            <li
              key={event.seq}
              data-tone={eventTone(event)}
              className="grid grid-cols-[4rem_0.5rem_minmax(0,1fr)] items-baseline gap-2 py-[3px] text-sm text-mute"
            >
              <Time at={event.at} className="truncate text-xs text-faint" />
              <span aria-hidden className="size-1.75 self-center rounded-full bg-tone" />
              <Sentence parts={eventSentence(event, coordinatorId)} />
            </li>
          ))}
        </ol>
      )}
    </DrawerSection>
  )
}
