'use client'

import { type ReactNode, useId } from 'react'
import { explain } from '../live/api-error'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'

interface OnceDialogProps {
  /** While it asks, and when it is made. */
  title: ReactNode
  madeTitle: ReactNode
  /** On the button that makes it. */
  confirm: string
  busy: boolean
  /** What was made, as it is shown this once; undefined while there is nothing. */
  made: ReactNode | undefined
  onClose: () => void
  onConfirm: () => void
  danger?: boolean
  /** Why it could not be made, where no field of its own says so. */
  error?: Error | null
  /** What is asked. */
  children: ReactNode
}

/** Makes something that is shown this once, and never again: a link, a token, a password, a secret. */
export function OnceDialog(props: OnceDialogProps) {
  const { title, madeTitle, confirm, busy, made, onClose, onConfirm, danger, error } = props
  const form = useId()
  const done = made !== undefined
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={done ? madeTitle : title}
      footer={
        done ? (
          <Button kind="primary" size="md" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button size="md" onClick={onClose}>
              Not now
            </Button>
            <Button
              kind={danger ? 'danger' : 'primary'}
              size="md"
              busy={busy}
              type="submit"
              form={form}
            >
              {confirm}
            </Button>
          </>
        )
      }
    >
      {done ? (
        made
      ) : (
        <form
          id={form}
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            onConfirm()
          }}
        >
          {props.children}
          {error && (
            <p role="alert" className="text-sm text-dead-ink">
              {explain(error)}
            </p>
          )}
        </form>
      )}
    </Dialog>
  )
}
