'use client'

import { Check } from 'lucide-react'
import { useCallback } from 'react'
import type { CommandResult } from '@/lib/protocol/commands'
import { formatShortDuration } from '@/lib/view/format-duration'
import { type ReplacementStep, replacementSteps } from '@/lib/view/replacement-steps'
import type { View } from '@/lib/view/view'
import { useCommand } from '../live/use-command'
import { useView } from '../live/use-live'
import { Button } from '../ui/button'
import { openCoordinator } from '../ui/coordinator-href'
import { Countdown } from '../ui/countdown'
import { cx } from '../ui/cx'
import { DialogFoot } from '../ui/dialog'
import { Lamp } from '../ui/lamp'
import { singlePress } from '../ui/single-press'

type Result = CommandResult<'escalate-coordinator'>

interface FollowReplacementProps {
  result: Result
  onClose: () => void
  /** Escalated once more, since the replacement did not come. */
  onAgain: (result: Result) => void
}

/** The way of a replacement from the request to its own first beat. */
export function FollowReplacement({ result, onClose, onAgain }: FollowReplacementProps) {
  const { coordinatorId, newCoordinatorId, claimed } = result
  const replacement = useView(
    useCallback((view: View) => view.coordinators.get(newCoordinatorId), [newCoordinatorId]),
  )
  const spawn = useView(
    useCallback((view: View) => view.spawns.get(newCoordinatorId), [newCoordinatorId]),
  )
  // Its own record begins anew when a process adopts it; the old one's tells when it was asked for.
  const askedAt = useView(
    useCallback(
      (view: View) => view.coordinators.get(coordinatorId)?.livenessSince,
      [coordinatorId],
    ),
  )
  const again = useCommand('escalate-coordinator')
  const { steps, state } = replacementSteps(replacement, spawn)
  return (
    <div className="grid gap-4">
      {!claimed && (
        <p className="text-base text-mute">
          Somebody else had escalated it already. This is the replacement that came of it.
        </p>
      )}
      <div className="flex items-center gap-2.5">
        <Lamp status={replacement?.liveness ?? 'starting'} size={16} />
        <button
          type="button"
          className="mono min-w-0 text-left text-md font-semibold text-ink underline-offset-4 hover:underline"
          onClick={() => {
            onClose()
            openCoordinator(newCoordinatorId)
          }}
        >
          {newCoordinatorId}
        </button>
      </div>
      <ol aria-live="polite" className="grid gap-0">
        {steps.map((step, index) => (
          <Step key={step.name} step={step} last={index === steps.length - 1} />
        ))}
      </ol>
      {state === 'coming' && replacement?.startDeadline !== undefined && (
        <p className="text-sm text-faint">
          It has to come within <Countdown to={replacement.startDeadline} over="no time" />. If it
          does not, you find it in Attention.
        </p>
      )}
      {state === 'failed' && (
        <p data-tone="dead" className="tint-faint rounded-lg p-3 text-base text-mute">
          <b className="font-semibold text-ink">It never came.</b>{' '}
          {spawn?.reason ?? 'No process has beaten under its name in time.'} What it inherited is
          safe in its hands.
        </p>
      )}
      {state === 'here' && replacement && askedAt !== undefined && (
        <p className="text-base text-mute">
          It came after{' '}
          <b className="font-semibold text-ink">
            {formatShortDuration(replacement.livenessSince - askedAt)}
          </b>{' '}
          and has everything that its predecessor had.
        </p>
      )}
      <DialogFoot>
        {state === 'failed' && (
          <Button
            size="md"
            kind="primary"
            busy={again.isPending}
            onClick={() =>
              again.mutate(
                { coordinatorId: newCoordinatorId, reason: 'the replacement never came' },
                { onSuccess: onAgain },
              )
            }
          >
            Escalate again
          </Button>
        )}
        <Button size="md" onClick={singlePress(onClose)}>
          {state === 'here' ? 'Done' : 'Close'}
        </Button>
      </DialogFoot>
    </div>
  )
}

function Step({ step, last }: { step: ReplacementStep; last: boolean }) {
  const { state, name, detail } = step
  return (
    <li className="grid grid-cols-[1.125rem_1fr] gap-x-3">
      <span aria-hidden className="grid justify-items-center">
        <span
          className={cx(
            'mt-0.5 grid size-[1.125rem] place-items-center rounded-full border-2',
            state === 'done' && 'border-ivory bg-ivory text-on-ivory',
            state === 'now' && 'animate-breathe border-ivory',
            state === 'ahead' && 'border-line',
            state === 'failed' && 'border-dead bg-dead',
          )}
        >
          {state === 'done' && <Check className="size-3" strokeWidth={3} />}
        </span>
        {!last && (
          <span className={cx('min-h-4 w-0.5 flex-1', state === 'done' ? 'bg-ivory' : 'bg-line')} />
        )}
      </span>
      <div className={cx('grid gap-0.5', !last && 'pb-3')}>
        <span
          className={cx('text-base', state === 'ahead' ? 'text-faint' : 'font-medium text-ink')}
        >
          {name}
          <span className="sr-only">: {SAID[state]}</span>
        </span>
        {detail && <span className="text-sm text-mute">{detail}</span>}
      </div>
    </li>
  )
}

const SAID = { done: 'done', now: 'under way', ahead: 'to come', failed: 'failed' } as const
