'use client'

import { useRef } from 'react'
import { useAttention, useOpenAttention } from '../frame/attention-context'
import { RoomLink } from '../frame/room-link'
import { Queries } from '../live/queries'
import { useIsLoaded } from '../live/use-live'
import { cx } from '../ui/cx'
import { Lamp } from '../ui/lamp'
import { SectionHeader } from '../ui/section-header'
import { Skeleton } from '../ui/skeleton'
import { AttentionCard } from './attention-card'
import { useEntryFocus } from './use-entry-focus'

/** More would push the worst out of sight; the room has them all. */
const MOST = 12

/** What needs somebody, beside the board, worst first. */
export function AttentionPanel({ className }: { className?: string }) {
  const open = useOpenAttention()
  const all = useAttention()
  const loaded = useIsLoaded()
  const handled = all.length - open.length
  const more = open.length - MOST
  const box = useRef<HTMLElement>(null)
  const { onFocus } = useEntryFocus(box)
  return (
    <section
      ref={box}
      onFocus={onFocus}
      aria-label="Needs attention"
      className={cx(
        'scrolls flex w-69 flex-none flex-col border-r border-line px-3 py-3.5 2xl:w-73',
        className,
      )}
    >
      <SectionHeader
        title="Needs attention"
        aside={loaded ? open.length : undefined}
        className="mb-2"
      />
      {!loaded ? (
        <Skeleton className="h-24 rounded-xl" />
      ) : open.length === 0 ? (
        <div className="grid justify-items-center gap-2 rounded-xl border border-dashed border-line px-4 py-8 text-center">
          <Lamp status="active" size={18} decorative />
          <p className="font-semibold text-ink">All is well</p>
          <p className="text-sm text-mute">
            Nobody is late, and nobody waits longer than they should.
          </p>
        </div>
      ) : (
        <div className="grid gap-2">
          <Queries>
            {open.slice(0, MOST).map((entry) => (
              <AttentionCard key={entry.id} entry={entry} />
            ))}
          </Queries>
        </div>
      )}
      {(more > 0 || handled > 0) && (
        <RoomLink
          href="/attention"
          className="mt-2 rounded-md py-1 text-sm text-faint hover:text-ink"
        >
          {[more > 0 && `${more} more`, handled > 0 && `${handled} seen or put off`]
            .filter(Boolean)
            .join(', ')}
        </RoomLink>
      )}
    </section>
  )
}
