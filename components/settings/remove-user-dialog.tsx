'use client'

import { explain } from '../live/api-error'
import { ConfirmDialog } from '../ui/confirm-dialog'
import { notify } from '../ui/notify'
import { useRemoveUser } from './use-users'

export function RemoveUserDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const remove = useRemoveUser()
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      askReason={false}
      title={`Remove ${name}?`}
      consequences={`${name} is signed out everywhere within seconds, and cannot come back. What ${name} did stays in the log and the audit.`}
      confirmLabel="Remove"
      busy={remove.isPending}
      error={remove.error ? explain(remove.error) : undefined}
      onConfirm={() =>
        remove.mutate(name, {
          onSuccess: () => {
            notify('success', `${name} is removed.`)
            onClose()
          },
        })
      }
    />
  )
}
