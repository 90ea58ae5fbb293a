'use client'

import { ArrowDownLeft, ArrowUpRight } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import type { SignalView } from '@/lib/protocol/signal'
import { progressOf } from '@/lib/view/signal-progress'
import { Chip } from '../ui/chip'
import { CoordinatorLink } from '../ui/coordinator-link'
import { Id } from '../ui/id'
import { Segmented } from '../ui/segmented'
import { Time } from '../ui/time'
import { DrawerSection, NothingYet } from './drawer-section'

interface SignalsInOutProps {
  coordinatorId: string
  incoming: readonly SignalView[]
  outgoing: readonly SignalView[]
}

const SHOWN = 8

/** What it was sent and what it sent, the latest first. */
export function SignalsInOut({ coordinatorId, incoming, outgoing }: SignalsInOutProps) {
  const [side, setSide] = useState<'in' | 'out'>('in')
  const signals = [...(side === 'in' ? incoming : outgoing)].sort(
    (a, b) => b.timestamp - a.timestamp,
  )
  return (
    <DrawerSection
      title="Signals"
      aside={
        <Segmented
          label="Direction"
          value={side}
          onChange={setSide}
          options={[
            {
              value: 'in',
              label: (
                <>
                  <ArrowDownLeft />
                  in {incoming.length}
                </>
              ),
            },
            {
              value: 'out',
              label: (
                <>
                  <ArrowUpRight />
                  out {outgoing.length}
                </>
              ),
            },
          ]}
        />
      }
    >
      {signals.length === 0 ? (
        <NothingYet>
          {side === 'in' ? 'Nobody has sent it a signal.' : 'It has sent no signal.'}
        </NothingYet>
      ) : (
        <ul className="grid">
          {signals.slice(0, SHOWN).map((signal) => (
            <SignalLine
              key={signal.signalId}
              signal={signal}
              side={side}
              coordinatorId={coordinatorId}
            />
          ))}
        </ul>
      )}
      {signals.length > SHOWN && (
        <Link
          href={`/signals?with=${encodeURIComponent(coordinatorId)}`}
          className="text-sm text-mute underline-offset-2 hover:text-ink hover:underline"
        >
          All {signals.length} in Signals
        </Link>
      )}
    </DrawerSection>
  )
}

function SignalLine({
  signal,
  side,
  coordinatorId,
}: {
  signal: SignalView
  side: 'in' | 'out'
  coordinatorId: string
}) {
  const other = side === 'in' ? signal.source : signal.targets[0]?.coordinatorId
  const own =
    side === 'in'
      ? signal.targets.filter(
          (it) =>
            (it.heldBy ?? it.coordinatorId) === coordinatorId || it.coordinatorId === coordinatorId,
        )
      : signal.targets
  const { text, tone } = progressOf(own)
  return (
    <li className="flex min-w-0 items-center gap-2 py-1 text-sm">
      <Link
        href={`/signals?signal=${encodeURIComponent(signal.signalId)}`}
        className="mono flex-none text-xs text-ink underline-offset-2 hover:underline"
      >
        {signal.type}
      </Link>
      <span className="flex min-w-0 flex-1 items-baseline gap-1 text-mute">
        {side === 'in' ? 'from' : 'to'}
        {other !== undefined && (
          <CoordinatorLink coordinatorId={other} className="min-w-0 hover:underline">
            <Id id={other} className="text-xs" />
          </CoordinatorLink>
        )}
        {side === 'out' && signal.targets.length > 1 && (
          <span className="flex-none text-faint">+{signal.targets.length - 1}</span>
        )}
      </span>
      <Chip tone={tone}>{text}</Chip>
      <Time
        at={signal.timestamp}
        className="w-17 flex-none text-right text-xs whitespace-nowrap text-faint"
      />
    </li>
  )
}
