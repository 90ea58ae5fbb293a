'use client'

import type { ReactNode } from 'react'
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
  /** By the id of a form, or by what the button does. */
  form?: string
  onConfirm?: () => void
  danger?: boolean
  /** What is asked. */
  children: ReactNode
}

/** Makes something that is shown this once, and never again: a link, a token, a password, a secret. */
export function OnceDialog(props: OnceDialogProps) {
  const { title, madeTitle, confirm, busy, made, onClose, form, onConfirm, danger } = props
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
              {...(form === undefined ? { onClick: onConfirm } : { type: 'submit', form })}
            >
              {confirm}
            </Button>
          </>
        )
      }
    >
      {done ? made : props.children}
    </Dialog>
  )
}
