'use client'

import { History } from 'lucide-react'
import type { BoxEvent } from '@/lib/protocol/events'
import { eventSentence } from '@/lib/view/event-sentence'
import { pointOfEvent } from '../live/past-point'
import { enterPast } from '../live/past-url'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Dialog } from '../ui/dialog'
import { exactLocal, exactUtc } from '../ui/format-time'
import { Sentence } from '../ui/sentence'

/** One event, whole. */
export function EventDialog({ event, onClose }: { event: BoxEvent; onClose: () => void }) {
  const text = JSON.stringify(event, null, 2)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      title={<span className="mono text-md">{event.type}</span>}
      description={<Sentence parts={eventSentence(event)} />}
    >
      <dl className="mb-3 grid grid-cols-[auto_1fr] gap-x-5 gap-y-1 text-sm [&_dt]:text-faint">
        <dt>When</dt>
        <dd>
          {exactUtc(event.at)} <span className="text-faint">· {exactLocal(event.at)}</span>
        </dd>
        <dt>Who</dt>
        <dd className="mono">{event.actor}</dd>
        <dt>Sequence</dt>
        <dd className="mono">{event.seq}</dd>
      </dl>
      <Button
        className="mb-3 justify-self-start"
        onClick={() => {
          onClose()
          enterPast(pointOfEvent(event.seq))
        }}
      >
        <History /> The board at this moment
      </Button>
      <div className="relative">
        <CopyButton text={text} label="Copy the event" className="absolute top-1.5 right-1.5" />
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="overflow-x-auto rounded-lg border border-line bg-bg p-3 text-sm"
        >
          {text}
        </pre>
      </div>
    </Dialog>
  )
}
