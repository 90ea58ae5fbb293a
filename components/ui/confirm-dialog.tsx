'use client'

import type { ReactNode } from 'react'
import { MAX_REASON, reasonSchema } from '@/lib/protocol/commands'
import { Button } from './button'
import { Dialog } from './dialog'
import { Field } from './field'
import { TextArea } from './text-area'
import { useReason } from './use-reason'

interface ConfirmDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** What will happen, before anybody agrees to it. */
  consequences?: ReactNode
  confirmLabel: string
  danger?: boolean
  /** Ask why; the answer stands in the log and the audit. */
  askReason?: boolean
  /** Why it cannot be confirmed at this moment. */
  notNow?: string | undefined
  busy?: boolean
  /** What went wrong the last time. */
  error?: ReactNode
  /** What came in between, where that leaves nothing to confirm. */
  overtaken?: ReactNode
  onConfirm: (reason: string) => void
}

/** What destroys or replaces something is said first, and confirmed with a reason. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  consequences,
  confirmLabel,
  danger,
  askReason = true,
  notNow,
  busy,
  error,
  overtaken,
  onConfirm,
}: ConfirmDialogProps) {
  const [reason, setReason] = useReason(confirmLabel, open)
  const given = reason.trim()
  const ready = notNow === undefined && (!askReason || reasonSchema.safeParse(given).success)
  const confirm = () => {
    if (ready && !busy) onConfirm(given)
  }
  if (overtaken !== undefined)
    return (
      <Dialog
        open={open}
        onOpenChange={onOpenChange}
        title={title}
        footer={
          <Button size="md" onClick={() => onOpenChange(false)}>
            Close
          </Button>
        }
      >
        <p role="status" className="text-base text-mute">
          {overtaken}
        </p>
      </Dialog>
    )
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      footer={
        <>
          <Button size="md" onClick={() => onOpenChange(false)}>
            Not now
          </Button>
          <Button
            size="md"
            kind={danger ? 'danger' : 'primary'}
            disabled={!ready}
            busy={busy}
            title={notNow}
            onClick={confirm}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {consequences && <div className="text-base text-mute">{consequences}</div>}
        {askReason && (
          <Field
            label="Reason"
            hint="Stands in the log and the audit, with your name."
            error={error}
          >
            {(ids) => (
              <TextArea
                {...ids}
                autoFocus
                required
                maxLength={MAX_REASON}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) confirm()
                }}
              />
            )}
          </Field>
        )}
        {!askReason && error && (
          <p role="alert" className="text-sm text-dead-ink">
            {error}
          </p>
        )}
      </div>
    </Dialog>
  )
}
