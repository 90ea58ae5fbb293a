'use client'

import { ConfirmChange } from './confirm-change'
import { useRemoveUser } from './use-users'

export function RemoveUserDialog({ name, onClose }: { name: string; onClose: () => void }) {
  return (
    <ConfirmChange
      change={useRemoveUser()}
      input={name}
      title={`Remove ${name}?`}
      consequences={`${name} is signed out everywhere within seconds, and cannot come back. What ${name} did stays in the log and the audit.`}
      confirm="Remove"
      done={`${name} is removed.`}
      onClose={onClose}
    />
  )
}
