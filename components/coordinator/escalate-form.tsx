'use client'

import { type FormEvent, useState } from 'react'
import { type CommandResult, MAX_REASON, reasonSchema } from '@/lib/protocol/commands'
import { explain } from '../live/api-error'
import { useCommand } from '../live/use-command'
import { useNotNow } from '../live/use-not-now'
import { Button } from '../ui/button'
import { Checkbox } from '../ui/checkbox'
import { DialogFoot } from '../ui/dialog'
import { ErrorState } from '../ui/error-state'
import { Field } from '../ui/field'
import { Skeleton } from '../ui/skeleton'
import { TextArea } from '../ui/text-area'
import { useReason } from '../ui/use-reason'
import { BlastRadiusView } from './blast-radius-view'
import { useCoordinatorDetail } from './use-coordinator-detail'

interface EscalateFormProps {
  coordinatorId: string
  onDone: (result: CommandResult<'escalate-coordinator'>) => void
  onCancel: () => void
}

export function EscalateForm({ coordinatorId, onDone, onCancel }: EscalateFormProps) {
  const detail = useCoordinatorDetail(coordinatorId)
  const command = useCommand('escalate-coordinator', { quiet: true })
  const [reason, setReason] = useReason(`escalate ${coordinatorId}`)
  const [force, setForce] = useState(false)
  const notNow = useNotNow()
  const radius = detail.data?.blastRadius
  const alive = radius?.alive ?? false
  // It left by itself: whoever wants a successor all the same has said so.
  const left = detail.data?.coordinator.liveness === 'stopped'
  const ready =
    notNow === undefined &&
    radius !== undefined &&
    reasonSchema.safeParse(reason).success &&
    (!alive || force)
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (!ready || command.isPending) return
    command.mutate(
      { coordinatorId, reason: reason.trim(), force: left || (alive && force) },
      { onSuccess: onDone },
    )
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      {radius ? (
        <BlastRadiusView coordinatorId={coordinatorId} radius={radius} />
      ) : detail.error ? (
        <ErrorState title="What would move cannot be read" onRetry={() => void detail.refetch()}>
          {explain(detail.error)}
        </ErrorState>
      ) : (
        <Skeleton className="h-36" />
      )}
      {left && (
        <p className="text-base text-mute">
          It left by itself. A replacement takes over what it left behind.
        </p>
      )}
      {alive && (
        <div data-tone="stale" className="tint-faint grid gap-2 rounded-lg p-3 text-base text-mute">
          <p>
            <b className="font-semibold text-ink">It is alive by the record.</b> Replaced all the
            same, its process is fenced: whatever it still writes is refused and counted.
          </p>
          <Checkbox label="Replace it by force" checked={force} onChange={setForce} />
        </div>
      )}
      <Field
        label="Reason"
        hint="Stands in the log and the audit, with your name."
        error={command.error ? explain(command.error) : undefined}
      >
        {(ids) => (
          <TextArea
            {...ids}
            autoFocus
            required
            rows={2}
            maxLength={MAX_REASON}
            value={reason}
            placeholder="its host does not answer"
            onChange={(event) => setReason(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit()
            }}
          />
        )}
      </Field>
      <DialogFoot>
        <Button size="md" onClick={onCancel}>
          Not now
        </Button>
        <Button
          size="md"
          kind="danger"
          type="submit"
          disabled={!ready}
          busy={command.isPending}
          title={notNow}
        >
          Escalate
        </Button>
      </DialogFoot>
    </form>
  )
}
