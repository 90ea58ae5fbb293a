'use client'

import { type FormEvent, useState } from 'react'
import { doneSchema, MIN_PASSWORD_LENGTH, newPasswordSchema } from '@/lib/protocol/settings'
import { apiPost } from '../live/api'
import { explain } from '../live/api-error'
import { queryKeys } from '../live/query-keys'
import { useSession } from '../live/session-context'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Input } from '../ui/input'
import { notify } from '../ui/notify'
import { Panel } from '../ui/panel'
import { SectionHeader } from '../ui/section-header'
import { useChange } from './use-change'

interface NewPassword {
  current?: string
  password: string
}

const stale = [queryKeys.sessions(), queryKeys.users()]

/** One's own password. It ends one's other sessions. */
export function PasswordForm({ user }: { user: string }) {
  const change = useChange(
    (given: NewPassword) => apiPost('/session/password', given, doneSchema),
    { stale },
  )
  const [hasOne, setHasOne] = useState(useSession().hasPassword)
  const [wrong, setWrong] = useState<{ password?: string; again?: string }>({})
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const given = new FormData(form)
    const read = (name: string) => String(given.get(name) ?? '')
    const password = read('password')
    const parsed = newPasswordSchema.safeParse(password)
    if (!parsed.success)
      return setWrong({ password: `It ${parsed.error.issues[0]?.message ?? 'is not taken'}.` })
    if (password !== read('again')) return setWrong({ again: 'The two are not the same.' })
    setWrong({})
    const current = read('current')
    change.mutate(
      { password, ...(current === '' ? {} : { current }) },
      {
        onSuccess: () => {
          form.reset()
          setHasOne(true)
          notify('success', 'Your password is set.', {
            description: 'Your other sessions have been signed out.',
          })
        },
      },
    )
  }
  return (
    <Panel aria-label="Password" className="p-4 xl:col-span-2">
      <form onSubmit={submit} className="grid gap-4">
        <SectionHeader
          level={3}
          title="Password"
          aside={hasOne ? undefined : 'You have none, and come in by a link each time.'}
        />
        {/* Where a password manager looks for whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={user} readOnly />
        <div className="grid items-start gap-4 lg:grid-cols-3">
          {hasOne && (
            <Field
              label="Current password"
              error={change.error ? explain(change.error) : undefined}
            >
              {(ids) => (
                <Input
                  {...ids}
                  name="current"
                  type="password"
                  autoComplete="current-password"
                  required
                />
              )}
            </Field>
          )}
          <Field
            label="New password"
            hint={`At least ${MIN_PASSWORD_LENGTH} characters.`}
            error={wrong.password ?? (!hasOne && change.error ? explain(change.error) : undefined)}
          >
            {(ids) => (
              <Input
                {...ids}
                name="password"
                type="password"
                autoComplete="new-password"
                required
              />
            )}
          </Field>
          <Field label="New password, again" error={wrong.again}>
            {(ids) => (
              <Input {...ids} name="again" type="password" autoComplete="new-password" required />
            )}
          </Field>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Button kind="primary" size="md" type="submit" busy={change.isPending}>
            Set password
          </Button>
          <span className="text-sm text-faint">Your other sessions will be signed out.</span>
        </div>
      </form>
    </Panel>
  )
}
