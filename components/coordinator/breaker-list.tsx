'use client'

import Link from 'next/link'
import type { BreakerState, BreakerView } from '@/lib/protocol/breaker'
import { Chip } from '../ui/chip'
import { Countdown } from '../ui/countdown'
import type { Tone } from '../ui/status-look'
import { Time } from '../ui/time'
import { DrawerSection, NothingYet } from './drawer-section'

const TONES: Record<BreakerState, Tone> = { closed: 'active', 'half-open': 'stale', open: 'dead' }

/** The breakers that it published. */
export function BreakerList({ breakers }: { breakers: readonly BreakerView[] }) {
  return (
    <DrawerSection title="Breakers">
      {breakers.length === 0 ? (
        <NothingYet>It has published no breaker.</NothingYet>
      ) : (
        <ul className="grid">
          {breakers.map((breaker) => (
            <li key={breaker.name} className="flex items-center gap-2 py-1 text-sm">
              <Link
                href={`/breakers?owner=${encodeURIComponent(breaker.owner)}&name=${encodeURIComponent(breaker.name)}`}
                className="mono text-xs text-ink underline-offset-2 hover:underline"
              >
                {breaker.name}
              </Link>
              <span className="min-w-0 flex-1 truncate text-xs text-faint">
                {breaker.state === 'open' && breaker.retryAt !== undefined ? (
                  <>
                    first probe in <Countdown to={breaker.retryAt} />
                  </>
                ) : (
                  breaker.state !== 'closed' && breaker.lastError
                )}
              </span>
              <Chip tone={TONES[breaker.state]}>{breaker.state}</Chip>
              <Time
                at={breaker.since}
                className="w-17 flex-none text-right text-xs whitespace-nowrap text-faint"
              />
            </li>
          ))}
        </ul>
      )}
    </DrawerSection>
  )
}
