'use client'

import { type Role, roleAtLeast } from '@/lib/protocol/roles'
import { ConfirmChange } from './confirm-change'
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
  return (
    <ConfirmChange
      change={useSetRole()}
      input={{ name, role: to }}
      title={`Make ${name} ${to} instead of ${from}?`}
      consequences={`Somebody with the role ${to} ${roleMeaning[to]}. It holds from the next thing that ${name} does.`}
      confirm={`Make ${to}`}
      done={`${name} is ${to} now.`}
      harmless={roleAtLeast(to, from)}
      onClose={onClose}
    />
  )
}
