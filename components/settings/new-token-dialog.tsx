'use client'

import { useState } from 'react'
import { newMachineTokenSchema } from '@/lib/protocol/settings'
import { explain } from '../live/api-error'
import { Checkbox } from '../ui/checkbox'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { ExactInput } from './exact-input'
import { OnceDialog } from './once-dialog'
import { ShownOnce } from './shown-once'
import { useCreateToken } from './use-tokens'

type Kind = 'coordinator' | 'swarm' | 'metrics'

const kinds: readonly { value: Kind; label: string }[] = [
  { value: 'coordinator', label: 'One coordinator' },
  { value: 'swarm', label: 'All of one swarm' },
  { value: 'metrics', label: 'Only the metrics' },
]

/** Makes a machine token, and shows it this once. */
export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateToken()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<Kind>('coordinator')
  const [id, setId] = useState('')
  const [acts, setActs] = useState(false)
  const [wrong, setWrong] = useState<{ name?: string; id?: string }>({})
  const submit = () => {
    const scope = kind === 'metrics' ? { kind } : { kind, id: id.trim(), ...(acts ? { acts } : {}) }
    const parsed = newMachineTokenSchema.safeParse({ name: name.trim(), scope })
    if (parsed.success) {
      setWrong({})
      return create.mutate(parsed.data)
    }
    const next: { name?: string; id?: string } = {}
    for (const { path, message } of parsed.error.issues)
      next[path[0] === 'name' ? 'name' : 'id'] ??= `It ${message}.`
    setWrong(next)
  }
  const token = create.data?.token
  return (
    <OnceDialog
      title="New machine token"
      madeTitle={`The token of ${name.trim()}`}
      confirm="Make token"
      busy={create.isPending}
      onConfirm={submit}
      made={
        token === undefined ? undefined : (
          <ShownOnce label="Token" secret={token}>
            It is shown only now: nobody, the server included, can tell it again. The program sends
            it in the header <code className="mono text-sm text-ink">authorization: Bearer …</code>
          </ShownOnce>
        )
      }
      onClose={onClose}
    >
      <Field
        label="Name"
        hint="Says in the audit and the log who it was."
        error={wrong.name ?? (create.error ? explain(create.error) : undefined)}
      >
        {(ids) => <ExactInput {...ids} autoFocus value={name} onText={setName} />}
      </Field>
      <Field label="Opens">
        {(ids) => <Select {...ids} value={kind} onChange={setKind} options={kinds} />}
      </Field>
      {kind !== 'metrics' && (
        <Field label={kind === 'swarm' ? 'Swarm' : 'Coordinator'} error={wrong.id}>
          {(ids) => <ExactInput {...ids} mono value={id} onText={setId} />}
        </Field>
      )}
      {kind !== 'metrics' && (
        <div className="grid gap-1">
          <Checkbox label="It may take part" checked={acts} onChange={setActs} />
          <p className="text-sm text-faint">
            Register, beat, receive and acknowledge in{' '}
            {kind === 'swarm' ? 'the names of that swarm' : 'that name'}, over HTTP and without the
            secret. Without it, it only reads.
          </p>
        </div>
      )}
    </OnceDialog>
  )
}
