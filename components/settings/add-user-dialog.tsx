'use client'

import { useState } from 'react'
import { idSchema } from '@/lib/protocol/ids'
import type { Role } from '@/lib/protocol/roles'
import { explain } from '../live/api-error'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { Input } from '../ui/input'
import { Select } from '../ui/select'
import { roleMeaning, roleOptions } from './role-meaning'
import { SignInLinkView } from './sign-in-link-view'
import { useAddUser } from './use-users'

const FORM = 'add-user'

/** Adds a user, and shows the link by which they come in. */
export function AddUserDialog({ onClose }: { onClose: () => void }) {
  const add = useAddUser()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const [wrong, setWrong] = useState<string>()
  const link = add.data
  const submit = () => {
    const parsed = idSchema.safeParse(name.trim())
    if (!parsed.success) return setWrong(`It ${parsed.error.issues[0]?.message ?? 'is no name'}.`)
    setWrong(undefined)
    add.mutate({ name: parsed.data, role })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={link ? `${link.user} can come in` : 'Add a user'}
      footer={
        link ? (
          <Button kind="primary" size="md" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button size="md" onClick={onClose}>
              Not now
            </Button>
            <Button kind="primary" size="md" type="submit" form={FORM} busy={add.isPending}>
              Add
            </Button>
          </>
        )
      }
    >
      {link ? (
        <SignInLinkView link={link} />
      ) : (
        <form
          id={FORM}
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <Field label="Name" error={wrong ?? (add.error ? explain(add.error) : undefined)}>
            {(ids) => (
              <Input
                {...ids}
                autoFocus
                required
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label="Role" hint={`Somebody with this role ${roleMeaning[role]}.`}>
            {({ id }) => <Select id={id} value={role} onChange={setRole} options={roleOptions} />}
          </Field>
        </form>
      )}
    </Dialog>
  )
}
