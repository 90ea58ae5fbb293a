'use client'

import type { SignalView } from '@/lib/protocol/signal'
import { counted, listOfIds } from '@/lib/view/sentence'
import { progressOf } from '@/lib/view/signal-progress'
import { explain } from '../live/api-error'
import { useCommand } from '../live/use-command'
import { useNotNow } from '../live/use-not-now'
import { ConfirmDialog } from '../ui/confirm-dialog'
import { notify } from '../ui/notify'
import { Sentence } from '../ui/sentence'

interface CancelDialogProps {
  signal: SignalView
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Takes back what has not been acknowledged, with a reason. */
export function CancelDialog({ signal, open, onOpenChange }: CancelDialogProps) {
  const command = useCommand('cancel-signal', { quiet: true })
  const notNow = useNotNow()
  const pending = signal.targets
    .filter((it) => it.state === 'pending')
    .map((it) => it.coordinatorId)
  const change = (next: boolean) => {
    if (!next) command.reset()
    onOpenChange(next)
  }
  // While this press is under way, what settles is its own doing.
  const over = pending.length === 0 && !command.isPending && !command.isSuccess
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={change}
      title={
        <>
          Cancel this <span className="mono">{signal.type}</span>?
        </>
      }
      consequences={
        <>
          It is taken from the inbox of <Sentence parts={listOfIds(pending, 5)} />, and whoever
          waits for {pending.length === 1 ? 'that ACK' : 'those ACKs'} goes on without. What is
          acknowledged stays so.
        </>
      }
      confirmLabel="Cancel the signal"
      danger
      notNow={notNow}
      busy={command.isPending}
      error={command.error ? explain(command.error) : undefined}
      {...(over && {
        overtaken: (
          <>
            Nothing of it is pending any more: it is{' '}
            <b className="font-semibold text-ink">{progressOf(signal.targets).text}</b>. There is
            nothing left to cancel.
          </>
        ),
      })}
      onConfirm={(reason) =>
        command.mutate(
          { signalId: signal.signalId, reason },
          {
            onSuccess: ({ cancelled }) => {
              notify(
                'success',
                cancelled.length === 0
                  ? 'All had been acknowledged already.'
                  : `Cancelled for ${counted(cancelled.length, 'coordinator')}.`,
              )
              change(false)
            },
          },
        )
      }
    />
  )
}
