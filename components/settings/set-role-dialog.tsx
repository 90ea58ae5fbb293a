'use client'

import { type Role, roleAtLeast } from '@/lib/protocol/roles'
import { explain } from '../live/api-error'
import { ConfirmDialog } from '../ui/confirm-dialog'
import { notify } from '../ui/notify'
import { roleMeaning } from './role-meaning'
import { useSetRole } from './use-users'

interface SetRoleDialogProps {
  name: string
  from: Role
  to: Role
  onClose: () => void
}

/** A role is never changed by a slip of the arrow keys. */
export function SetRoleDialog({ name, from, to, onClose }: SetRoleDialogProps) {
  const set = useSetRole()
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger={!roleAtLeast(to, from)}
      askReason={false}
      title={`Make ${name} ${to} instead of ${from}?`}
      consequences={`Somebody with the role ${to} ${roleMeaning[to]}. It holds from the next thing that ${name} does.`}
      confirmLabel={`Make ${to}`}
      busy={set.isPending}
      error={set.error ? explain(set.error) : undefined}
      onConfirm={() =>
        set.mutate(
          { name, role: to },
          {
            onSuccess: () => {
              notify('success', `${name} is ${to} now.`)
              onClose()
            },
          },
        )
      }
    />
  )
}
