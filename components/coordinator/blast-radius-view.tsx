import { ArrowRightLeft, Package, PlayCircle, Unlock } from 'lucide-react'
import type { ReactNode } from 'react'
import type { BlastRadius } from '@/lib/protocol/http'
import { counted } from '@/lib/view/sentence'
import { Id } from '../ui/id'

interface BlastRadiusViewProps {
  coordinatorId: string
  radius: BlastRadius
}

/** What an escalation moves, whom it frees, and what it starts, before anybody agrees to it. */
export function BlastRadiusView({ coordinatorId, radius }: BlastRadiusViewProps) {
  const { signals, workItems, waiters } = radius
  return (
    <ul className="grid gap-px overflow-hidden rounded-xl border border-line bg-line">
      <Effect icon={<ArrowRightLeft />} names={signals}>
        {signals.length === 0
          ? 'No signal waits in its inbox'
          : `${counted(signals.length, 'pending signal')} ${signals.length === 1 ? 'is' : 'are'} handed over`}
      </Effect>
      <Effect icon={<Package />} names={workItems}>
        {workItems.length === 0
          ? 'No work item is in its hands'
          : `${counted(workItems.length, 'work item')} ${workItems.length === 1 ? 'moves' : 'move'} to the replacement`}
      </Effect>
      <Effect icon={<Unlock />} names={waiters}>
        {waiters.length === 0
          ? 'Nobody waits for it'
          : `${counted(waiters.length, 'waiter')} ${waiters.length === 1 ? 'is' : 'are'} freed by the replacement’s ACKs`}
      </Effect>
      <Effect icon={<PlayCircle />} names={[]}>
        A spawner starts a process for it; the old <Id id={coordinatorId} className="text-ink" /> is
        fenced for good
      </Effect>
    </ul>
  )
}

const SHOWN = 6

function Effect({
  icon,
  names,
  children,
}: {
  icon: ReactNode
  names: readonly string[]
  children: ReactNode
}) {
  return (
    <li className="flex gap-3 bg-panel px-3 py-2.5">
      <span aria-hidden className="mt-0.5 flex-none text-faint [&_svg]:size-4">
        {icon}
      </span>
      <div className="grid min-w-0 gap-1">
        <p className="text-base text-ink">{children}</p>
        {names.length > 0 && (
          <p className="flex min-w-0 flex-wrap gap-x-3 gap-y-0.5 text-xs text-mute">
            {names.slice(0, SHOWN).map((name) => (
              <Id key={name} id={name} />
            ))}
            {names.length > SHOWN && <span>and {names.length - SHOWN} more</span>}
          </p>
        )}
      </div>
    </li>
  )
}
