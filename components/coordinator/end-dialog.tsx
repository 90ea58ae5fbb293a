'use client'

import type { CoordinatorView } from '@/lib/protocol/coordinator'
import { explain } from '../live/api-error'
import { useCommand } from '../live/use-command'
import { useNotNow } from '../live/use-not-now'
import { ConfirmDialog } from '../ui/confirm-dialog'
import { closeCoordinator, coordinatorInUrl } from '../ui/coordinator-href'
import { notify } from '../ui/notify'

export type EndAction = 'cleanup' | 'forget' | 'cancel'

interface EndDialogProps {
  coordinator: CoordinatorView
  /**
   * `cleanup` marks a living one as stopped; `forget` removes the record of one that has ended;
   * `cancel` takes back what is pending in its inbox.
   */
  action: EndAction
  open: boolean
  onOpenChange: (open: boolean) => void
}

const TEXTS = {
  cleanup: {
    title: 'Clean up',
    label: 'Clean up',
    consequences:
      'It counts as stopped, and nobody is told that it died. Signals and work in its hands stay where they are. If its process still runs, it comes back with its next beat: end that process, or escalate it.',
    done: 'was cleaned up',
  },
  forget: {
    title: 'Forget',
    label: 'Forget it',
    consequences:
      'Its record leaves the board for everybody. What it did stays in the log and the audit.',
    done: 'is forgotten',
  },
  cancel: {
    title: 'Cancel what is pending at',
    label: 'Cancel them',
    consequences:
      'All signals that it has not acknowledged are taken out of its inbox. Whoever waits for those ACKs goes on without them.',
    done: 'has nothing pending any more',
  },
} as const

/** Takes a coordinator off the board, with a reason. */
export function EndDialog({ coordinator, action, open, onOpenChange }: EndDialogProps) {
  const cleanup = useCommand('cleanup-coordinator', { quiet: true })
  const forget = useCommand('forget-coordinator', { quiet: true })
  const cancel = useCommand('cancel-pending-signals', { quiet: true })
  const command = { cleanup, forget, cancel }[action]
  const notNow = useNotNow()
  const { title, label, consequences, done } = TEXTS[action]
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        if (!next) command.reset()
        onOpenChange(next)
      }}
      title={
        <>
          {title} <span className="mono">{coordinator.id}</span>?
        </>
      }
      consequences={consequences}
      confirmLabel={label}
      danger
      notNow={notNow}
      busy={command.isPending}
      error={command.error ? explain(command.error) : undefined}
      onConfirm={(reason) => {
        // Not the call's own callbacks: this window goes as soon as the board hears of it.
        command.mutateAsync({ coordinatorId: coordinator.id, reason }).then(
          () => {
            notify('success', `${coordinator.id} ${done}.`)
            onOpenChange(false)
            const { pathname, search } = window.location
            const shown = coordinatorInUrl(pathname, new URLSearchParams(search))
            if (action === 'forget' && shown === coordinator.id) closeCoordinator()
          },
          // It stands in the window.
          () => {},
        )
      }}
    />
  )
}
