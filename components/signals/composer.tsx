'use client'

import { RefreshCw, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { idPattern } from '@/lib/protocol/ids'
import { type AnySignalType, SIGNAL_TYPES } from '@/lib/protocol/signal'
import { checkPayload } from '@/lib/view/check-payload'
import { counted } from '@/lib/view/sentence'
import { explain } from '../live/api-error'
import { useCommand } from '../live/use-command'
import { useLink } from '../live/use-live'
import { Button } from '../ui/button'
import { ErrorState } from '../ui/error-state'
import { Field } from '../ui/field'
import { IconButton } from '../ui/icon-button'
import { Input } from '../ui/input'
import { notify } from '../ui/notify'
import { Select } from '../ui/select'
import { PayloadField } from './payload-field'
import { TargetPicker } from './target-picker'

interface ComposerProps {
  /** Targets that are chosen from the start. */
  to: readonly string[]
  onSent: (signalId: string) => void
  onClose: () => void
}

/** The desk at which an operator writes a signal. */
export function Composer({ to, onSent, onClose }: ComposerProps) {
  const [targets, setTargets] = useState<readonly string[]>(to)
  const [type, setType] = useState<AnySignalType>('status_update')
  const [iteration, setIteration] = useState('0')
  const [payload, setPayload] = useState('')
  const [key, setKey] = useState(newKey)
  const command = useCommand('send-signal', { quiet: true })
  const live = useLink().state === 'live'
  const checked = checkPayload(payload)
  const round = /^\d{1,9}$/.test(iteration) ? Number(iteration) : undefined
  const keyGood = idPattern.test(key)
  const ready = live && targets.length > 0 && checked.ok && round !== undefined && keyGood

  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (!ready || command.isPending) return
    command.mutate(
      {
        targets: [...targets],
        type,
        iteration: round,
        idempotencyKey: key,
        ...(checked.value === undefined ? {} : { payload: checked.value }),
      },
      {
        onSuccess: ({ signalId, isDuplicate }) => {
          if (isDuplicate)
            notify('info', 'This had been sent already', {
              description: 'The same key and content is the same signal; nothing new was sent.',
            })
          onSent(signalId)
        },
      },
    )
  }

  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit()
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <header className="flex items-center gap-2.5 px-4 pt-4 pb-3">
        <h2 className="text-md font-semibold text-ink">Send a signal</h2>
        <IconButton label="Close" hint="Esc" size="sm" className="ml-auto" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto px-4 pb-4">
        <TargetPicker chosen={targets} onChange={setTargets} />
        <div className="grid grid-cols-[1fr_6rem] gap-3">
          <Field label="Type">
            {(ids) => (
              <Select
                {...ids}
                value={type}
                onChange={setType}
                options={SIGNAL_TYPES.map((it) => ({ value: it, label: it }))}
              />
            )}
          </Field>
          <Field label="Iteration" error={round === undefined ? 'A number from 0 on.' : undefined}>
            {(ids) => (
              <Input
                {...ids}
                inputMode="numeric"
                value={iteration}
                onChange={(event) => setIteration(event.target.value)}
              />
            )}
          </Field>
        </div>
        <PayloadField value={payload} onChange={setPayload} check={checked} />
        <Field
          label="Idempotency key"
          hint="Sent twice under one key with the same content, it is one signal."
          error={keyGood ? undefined : 'Letters, digits, _ and -, at most 64.'}
        >
          {(ids) => (
            <span className="flex items-center gap-1">
              <Input {...ids} mono value={key} onChange={(event) => setKey(event.target.value)} />
              <IconButton label="Another key" onClick={() => setKey(newKey())}>
                <RefreshCw />
              </IconButton>
            </span>
          )}
        </Field>
        {command.error && <ErrorState title="Not sent">{explain(command.error)}</ErrorState>}
      </div>
      <footer className="flex items-center gap-3 border-t border-soft px-4 py-3">
        <p className="min-w-0 flex-1 text-xs text-faint">
          {!live
            ? 'The board is stale: nothing can be sent now.'
            : targets.length === 0
              ? 'Choose at least one coordinator.'
              : 'Signed with your name in the log.'}
        </p>
        <Button kind="primary" size="md" type="submit" disabled={!ready} busy={command.isPending}>
          {targets.length === 0 ? 'Send' : `Send to ${counted(targets.length, 'coordinator')}`}
        </Button>
      </footer>
    </form>
  )
}

function newKey(): string {
  return crypto.randomUUID()
}
