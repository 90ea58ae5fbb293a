'use client'

import { OnceDialog } from './once-dialog'
import { ShownOnce } from './shown-once'
import { useResetPassword } from './use-users'

interface ResetPasswordDialogProps {
  name: string
  /** Who always came in by a link has none that could end. */
  hasPassword: boolean
  onClose: () => void
}

/** Gives somebody a new password, and signs them out everywhere. */
export function ResetPasswordDialog({ name, hasPassword, onClose }: ResetPasswordDialogProps) {
  const reset = useResetPassword()
  return (
    <OnceDialog
      title={`Reset the password of ${name}?`}
      madeTitle={`A new password for ${name}`}
      confirm="Reset password"
      danger
      busy={reset.isPending}
      made={
        reset.data && (
          <ShownOnce label="Password" secret={reset.data.password}>
            Give it to <b className="font-semibold text-ink">{name}</b>, and nobody else, by a way
            that you trust. It is shown only now; {name} should choose another one under Account.
          </ShownOnce>
        )
      }
      onConfirm={() => reset.mutate(name)}
      error={reset.error}
      onClose={onClose}
    >
      <p className="text-base text-mute">
        {hasPassword
          ? `The password that ${name} has now works no longer, and ${name}`
          : `${name} has no password yet, and`}{' '}
        is signed out everywhere within seconds. You are shown a new one, once.
      </p>
    </OnceDialog>
  )
}
