'use client'

import { useState } from 'react'
import { idSchema } from '@/lib/protocol/ids'
import type { Role } from '@/lib/protocol/roles'
import { explain } from '../live/api-error'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { ExactInput } from './exact-input'
import { OnceDialog } from './once-dialog'
import { roleMeaning, roleOptions } from './role-meaning'
import { SignInLinkView } from './sign-in-link-view'
import { useAddUser } from './use-users'

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
    <OnceDialog
      title="Add a user"
      madeTitle={`${link?.user ?? name} can come in`}
      confirm="Add"
      busy={add.isPending}
      onConfirm={submit}
      made={link && <SignInLinkView link={link} />}
      onClose={onClose}
    >
      <Field label="Name" error={wrong ?? (add.error ? explain(add.error) : undefined)}>
        {(ids) => <ExactInput {...ids} autoFocus value={name} onText={setName} />}
      </Field>
      <Field label="Role" hint={`Somebody with this role ${roleMeaning[role]}.`}>
        {(ids) => <Select {...ids} value={role} onChange={setRole} options={roleOptions} />}
      </Field>
    </OnceDialog>
  )
}
