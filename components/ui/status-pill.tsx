import type { Status } from '@/lib/protocol/liveness'
import { statusLooks } from './status-look'

/** A state as a word on its own tint. */
export function StatusPill({ status }: { status: Status }) {
  const look = statusLooks[status]
  return (
    <span
      data-tone={look.tone}
      className="tint inline-flex flex-none items-center rounded-full px-2 py-0.5 text-xs font-semibold text-tone-ink"
    >
      {look.word}
    </span>
  )
}
