'use client'

import { Chip } from '@/components/ui/chip'
import { Lamp } from '@/components/ui/lamp'
import { statusLooks } from '@/components/ui/status-look'
import { StatusPill } from '@/components/ui/status-pill'
import { VerdictChip } from '@/components/ui/verdict-chip'
import { STATUSES } from '@/lib/protocol/liveness'
import { ACK_VERDICTS } from '@/lib/protocol/signal'
import { Case, TONES } from './case'

/** What carries a state: lamps, pills, verdicts, tones. */
export function LampCases() {
  return (
    <>
      <Case title="Lamps and pills">
        <div className="grid w-full grid-cols-3 gap-2">
          {STATUSES.map((status) => (
            <span key={status} className="flex items-center gap-2">
              <Lamp status={status} />
              <Lamp status={status} size={9} decorative />
              <Lamp status={status} letter decorative />
              <StatusPill status={status} />
            </span>
          ))}
        </div>
      </Case>
      <Case title="Verdicts and chips">
        {ACK_VERDICTS.map((verdict) => (
          <VerdictChip key={verdict} verdict={verdict} />
        ))}
        {TONES.map((tone) => (
          <Chip key={tone} tone={tone}>
            {tone}
          </Chip>
        ))}
      </Case>
      <Case title="Tones">
        {TONES.map((tone) => (
          <span key={tone} data-tone={tone} className="tint rounded-md px-2 py-1 text-tone-ink">
            {tone}
          </span>
        ))}
        <span className="w-full text-sm text-mute">{Object.keys(statusLooks).join(' · ')}</span>
      </Case>
    </>
  )
}
