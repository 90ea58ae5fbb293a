'use client'

import { useState } from 'react'
import { newWebhookSchema, WEBHOOK_SUBJECTS, type WebhookSubject } from '@/lib/protocol/webhooks'
import { explain } from '../live/api-error'
import { Checkbox } from '../ui/checkbox'
import { Field } from '../ui/field'
import { ExactInput } from './exact-input'
import { OnceDialog } from './once-dialog'
import { ShownOnce } from './shown-once'
import { useAddWebhook } from './use-webhooks'
import { subjectWords } from './webhook-words'

type Wrong = { name?: string; url?: string; about?: string }

/** Makes a webhook, and shows what it is signed with this once. */
export function NewWebhookDialog({ onClose }: { onClose: () => void }) {
  const add = useAddWebhook()
  const [name, setName] = useState('')
  const [url, setUrl] = useState('')
  const [about, setAbout] = useState<ReadonlySet<WebhookSubject>>(new Set(['attention']))
  const [wrong, setWrong] = useState<Wrong>({})
  const toggle = (it: WebhookSubject, on: boolean) =>
    setAbout((before) => new Set([...before].filter((other) => other !== it).concat(on ? it : [])))
  const submit = () => {
    const given = { name: name.trim(), url: url.trim(), about: [...about] }
    const parsed = newWebhookSchema.safeParse(given)
    if (parsed.success) {
      setWrong({})
      return add.mutate(parsed.data)
    }
    const next: Wrong = {}
    for (const { path, message } of parsed.error.issues)
      next[path[0] === 'name' ? 'name' : path[0] === 'url' ? 'url' : 'about'] ??= `It ${message}.`
    setWrong(next)
  }
  return (
    <OnceDialog
      title="New webhook"
      madeTitle={`The secret of ${name.trim()}`}
      confirm="Make webhook"
      busy={add.isPending}
      onConfirm={submit}
      made={
        add.data && (
          <ShownOnce label="Secret" secret={add.data.secret}>
            It is shown only now. The receiver checks with it that a word is ours: the header{' '}
            <code className="mono text-sm whitespace-nowrap text-ink">x-signalbox-signature</code>{' '}
            holds a time and an HMAC-SHA256 over the time, a dot and the body.
          </ShownOnce>
        )
      }
      onClose={onClose}
    >
      <Field label="Name" error={wrong.name}>
        {(ids) => <ExactInput {...ids} autoFocus value={name} onText={setName} />}
      </Field>
      <Field
        label="Address"
        hint="Gets a POST with JSON. No redirect is followed, and private addresses only where the server allows them."
        error={wrong.url ?? (add.error ? explain(add.error) : undefined)}
      >
        {(ids) => (
          <ExactInput
            {...ids}
            mono
            inputMode="url"
            placeholder="https://"
            value={url}
            onText={setUrl}
          />
        )}
      </Field>
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 text-sm font-medium text-mute">What it is told of</legend>
        {WEBHOOK_SUBJECTS.map((it) => (
          <Checkbox
            key={it}
            label={subjectWords[it].label}
            checked={about.has(it)}
            onChange={(on) => toggle(it, on)}
          />
        ))}
        {wrong.about && (
          <p role="alert" className="text-sm text-dead-ink">
            {wrong.about}
          </p>
        )}
      </fieldset>
    </OnceDialog>
  )
}
