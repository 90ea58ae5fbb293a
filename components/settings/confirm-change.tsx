'use client'

import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { explain } from '../live/api-error'
import { ConfirmDialog } from '../ui/confirm-dialog'
import { notify } from '../ui/notify'

interface ConfirmChangeProps<I> {
  change: UseMutationResult<unknown, Error, I>
  input: I
  title: string
  consequences: ReactNode
  /** On the button that does it. */
  confirm: string
  /** What is said once it is done. */
  done: string
  /** Nothing is lost by it. */
  harmless?: boolean
  onClose: () => void
}

/** Asks before a change of the settings, makes it, and says that it is made. */
export function ConfirmChange<I>(props: ConfirmChangeProps<I>) {
  const { change, input, title, consequences, confirm, done, harmless = false, onClose } = props
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger={!harmless}
      askReason={false}
      title={title}
      consequences={consequences}
      confirmLabel={confirm}
      busy={change.isPending}
      error={change.error ? explain(change.error) : undefined}
      onConfirm={() =>
        change.mutate(input, {
          onSuccess: () => {
            notify('success', done)
            onClose()
          },
        })
      }
    />
  )
}
