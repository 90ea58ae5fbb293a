'use client'

import type { SignalView } from '@/lib/protocol/signal'
import { id, type Part, text } from '@/lib/view/sentence'
import type { View } from '@/lib/view/view'
import type { Remedy, WaitCycle } from '@/lib/view/wait-cycles'
import { useEscalation } from '../frame/escalation-host'
import { useMay } from '../live/session-context'
import { useView } from '../live/use-live'
import { useNotNow } from '../live/use-not-now'
import { Button } from '../ui/button'
import { CoordinatorLink } from '../ui/coordinator-link'
import { Countdown } from '../ui/countdown'
import { Panel } from '../ui/panel'
import { Sentence } from '../ui/sentence'
import { Time } from '../ui/time'

interface CyclePanelProps {
  cycle: WaitCycle
  selected: boolean
  onSelect: () => void
  /** Asks before it takes a signal back. */
  onCancel: (signal: SignalView) => void
}

/** Members and remedies beyond these are only counted. */
const NAMED = 8
const OFFERED = 4

/** A deadlock by name, since when it stands, and everything that would break it. */
export function CyclePanel({ cycle, selected, onSelect, onCancel }: CyclePanelProps) {
  const may = useMay('operator')
  const timeout = cycle.remedies.find((it) => it.kind === 'timeout')
  const acts = cycle.remedies.filter((it) => it.kind !== 'timeout')
  return (
    <Panel tone="dead" aria-label={`Deadlock ${cycle.name}`} className="grid gap-2.5 p-3.5">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-semibold text-ink">Deadlock</h2>
        <span className="text-xs text-faint">
          for <Time at={cycle.since} style="relative" />
        </span>
      </div>
      <p className="text-sm text-mute">
        <Sentence parts={ringOf(cycle.members)} />
      </p>
      {timeout && (
        <p className="text-sm text-mute">
          By itself it breaks in{' '}
          <Countdown to={timeout.at} over="a moment" className="font-semibold text-ink" />, when{' '}
          <CoordinatorLink
            coordinatorId={timeout.waiter}
            className="mono text-xs text-ink hover:underline"
          >
            {timeout.waiter}
          </CoordinatorLink>{' '}
          gives up waiting.
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button kind={selected ? 'primary' : 'plain'} aria-pressed={selected} onClick={onSelect}>
          {selected ? 'Shown alone' : 'Show alone'}
        </Button>
      </div>
      {may && acts.length > 0 && (
        <ul aria-label="What would break it" className="grid gap-1.5 border-t border-soft pt-2.5">
          {acts.slice(0, OFFERED).map((it) => (
            <li key={JSON.stringify(it)}>
              <RemedyLine remedy={it} onCancel={onCancel} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function ringOf(members: readonly string[]): Part[] {
  const [first] = members
  if (first === undefined) return []
  const parts = members.slice(0, NAMED).flatMap((it) => [id(it), text(' → ')])
  if (members.length > NAMED) parts.push(text(`${members.length - NAMED} more → `))
  return [...parts, id(first)]
}

interface RemedyLineProps {
  remedy: Remedy
  onCancel: (signal: SignalView) => void
}

function RemedyLine({ remedy, onCancel }: RemedyLineProps) {
  // Its window stands in the frame: the deadlock is gone as soon as it is done.
  const { escalate } = useEscalation()
  const notNow = useNotNow()
  const signal = useView((view: View) =>
    remedy.kind === 'cancel' ? view.signals.get(remedy.signalId) : undefined,
  )
  switch (remedy.kind) {
    case 'timeout':
      return null
    case 'cancel':
      return signal === undefined ? null : (
        <div className="flex items-center justify-between gap-3 text-sm text-mute">
          <span className="min-w-0">
            Cancel the <span className="mono text-xs text-ink">{signal.type}</span> that{' '}
            <span className="mono inline-block max-w-full text-xs text-ink">{remedy.waiter}</span>{' '}
            waits on
          </span>
          <Button disabled={notNow !== undefined} title={notNow} onClick={() => onCancel(signal)}>
            Cancel…
          </Button>
        </div>
      )
    case 'escalate':
      return (
        <div className="flex items-center justify-between gap-3 text-sm text-mute">
          <span className="min-w-0">
            Replace{' '}
            <span className="mono inline-block max-w-full text-xs text-ink">
              {remedy.coordinatorId}
            </span>
          </span>
          <Button
            disabled={notNow !== undefined}
            title={notNow}
            onClick={() => escalate(remedy.coordinatorId)}
          >
            Escalate…
          </Button>
        </div>
      )
  }
}
