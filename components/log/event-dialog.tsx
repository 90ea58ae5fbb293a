'use client'

import { History } from 'lucide-react'
import type { ReactNode } from 'react'
import type { BoxEvent } from '@/lib/protocol/events'
import type { Sequence } from '@/lib/protocol/sequence'
import { eventSentence } from '@/lib/view/event-sentence'
import { explain } from '../live/api-error'
import { pointOfEvent } from '../live/past-point'
import { enterPast } from '../live/past-url'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Dialog } from '../ui/dialog'
import { EmptyState } from '../ui/empty-state'
import { ErrorState } from '../ui/error-state'
import { exactBoth } from '../ui/format-time'
import { Sentence } from '../ui/sentence'
import { Skeleton } from '../ui/skeleton'
import { useEvent } from './use-event'

interface EventDialogProps {
  seq: Sequence
  /** The event itself, where the room has it. */
  known: BoxEvent | undefined
  onClose: () => void
  /** Closes it where another step for Back has just been made. */
  onLeave: () => void
}

/** One event, whole, whether or not it is among those that the log shows. */
export function EventDialog({ seq, known, onClose, onLeave }: EventDialogProps) {
  const read = useEvent(seq, known)
  const event = read.data
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      title={<span className="mono text-md">{event?.type ?? seq}</span>}
      description={event && <Sentence parts={eventSentence(event)} />}
    >
      {event ? (
        <Whole event={event}>
          <Button
            className="mb-3 justify-self-start"
            onClick={() => {
              enterPast(pointOfEvent(event.seq))
              onLeave()
            }}
          >
            <History /> The board at this moment
          </Button>
        </Whole>
      ) : read.error ? (
        <ErrorState title="This event could not be read" onRetry={() => void read.refetch()}>
          {explain(read.error)}
        </ErrorState>
      ) : read.isPending ? (
        <Skeleton className="h-40" />
      ) : (
        <EmptyState title="The log does not hold this event">
          The oldest are let go as new ones come.
        </EmptyState>
      )}
    </Dialog>
  )
}

function Whole({ event, children }: { event: BoxEvent; children: ReactNode }) {
  const text = JSON.stringify(event, null, 2)
  const [utc, local] = exactBoth(event.at)
  return (
    <>
      <dl className="mb-3 grid grid-cols-[auto_1fr] gap-x-5 gap-y-1 text-sm [&_dt]:text-faint">
        <dt>When</dt>
        <dd>
          {utc} {local && <span className="text-faint">· {local}</span>}
        </dd>
        <dt>Who</dt>
        <dd className="mono">{event.actor}</dd>
        <dt>Sequence</dt>
        <dd className="mono">{event.seq}</dd>
      </dl>
      {children}
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
    </>
  )
}
