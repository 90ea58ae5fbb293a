import type { SignalTarget } from '@/lib/protocol/signal'
import { progressOf } from '@/lib/view/signal-progress'
import { Meter } from '../ui/meter'
import { TargetMark } from './target-mark'

/** Beyond this many, a bar says more than marks. */
const MARKS = 8

/** What became of all targets of a signal, at a glance. */
export function TargetMarks({ targets }: { targets: readonly SignalTarget[] }) {
  const { text, tone, acked, total } = progressOf(targets)
  return (
    <span className="flex min-w-0 items-center gap-2">
      {total > MARKS ? (
        <Meter
          label="Acknowledged"
          value={acked}
          max={total}
          tone={tone}
          className="w-20 flex-none"
        />
      ) : (
        <span className="flex flex-none gap-1">
          {targets.map((it) => (
            <TargetMark key={it.coordinatorId} target={it} />
          ))}
        </span>
      )}
      <span data-tone={tone} className="truncate text-sm text-tone-ink">
        {text}
      </span>
    </span>
  )
}
