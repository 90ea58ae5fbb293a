'use client'

import type { SignalView } from '@/lib/protocol/signal'
import { counted, listOfIds } from '@/lib/view/sentence'
import { explain } from '../live/api-error'
import { useCommand } from '../live/use-command'
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
  const pending = signal.targets
    .filter((it) => it.state === 'pending')
    .map((it) => it.coordinatorId)
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        if (!next) command.reset()
        onOpenChange(next)
      }}
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
      busy={command.isPending}
      error={command.error ? explain(command.error) : undefined}
      disabled={pending.length === 0}
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
              onOpenChange(false)
            },
          },
        )
      }
    />
  )
}
