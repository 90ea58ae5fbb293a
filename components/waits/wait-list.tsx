'use client'

import type { WaitEdge } from '@/lib/view/wait-edge'
import type { WaitGraph } from '@/lib/view/wait-graph'
import { CoordinatorLink } from '../ui/coordinator-link'
import { Countdown } from '../ui/countdown'
import { Id } from '../ui/id'
import { SectionHeader } from '../ui/section-header'
import { Time } from '../ui/time'

const SHOWN = 60
const WORDS: Record<WaitEdge['kind'], string> = {
  acks: 'the ACK',
  signal: 'a signal',
  decision: 'the vote',
}

/** The same as the drawing in words, the longest wait first. */
export function WaitList({ graph }: { graph: WaitGraph }) {
  const longest = [...graph.edges].sort((a, b) => a.since - b.since || (a.from < b.from ? -1 : 1))
  return (
    <section aria-label="Waits" className="grid gap-2">
      <SectionHeader title="Longest waits" aside={graph.edges.length} />
      <ul className="grid gap-2 max-md:gap-4">
        {longest.slice(0, SHOWN).map((edge) => (
          <li
            key={`${edge.from}>${edge.to}>${edge.waitId}`}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 text-sm text-mute max-md:gap-y-2"
          >
            <CoordinatorLink coordinatorId={edge.from} className="min-w-0 text-ink hover:underline">
              <Id id={edge.from} className="text-xs" />
            </CoordinatorLink>
            <span className="text-right text-xs text-ink">
              <Time at={edge.since} style="relative" />
            </span>
            <span className="flex min-w-0 items-center gap-1 text-xs text-faint">
              <span className="flex-none">for {WORDS[edge.kind]} of</span>
              <CoordinatorLink coordinatorId={edge.to} className="min-w-0 hover:underline">
                <Id id={edge.to} className="text-xs" />
              </CoordinatorLink>
            </span>
            <span className="text-right text-xs text-faint">
              <Countdown to={edge.until} /> left
            </span>
          </li>
        ))}
      </ul>
      {longest.length > SHOWN && (
        <p className="text-xs text-faint">and {longest.length - SHOWN} shorter ones</p>
      )}
    </section>
  )
}
