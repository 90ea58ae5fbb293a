'use client'

import { Check, CircleAlert, LoaderCircle } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { statusOf } from '@/lib/view/status'
import type { View } from '@/lib/view/view'
import { explain } from '../live/api-error'
import { sendCommand } from '../live/send-command'
import { useKnowledge, useView } from '../live/use-live'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { Id } from '../ui/id'
import { Lamp } from '../ui/lamp'
import { TextArea } from '../ui/text-area'
import { type BulkAction, bulkLooks, leavesOut } from './bulk-actions'

interface BulkDialogProps {
  action: BulkAction
  ids: readonly string[]
  onClose: () => void
  /** Everything was done; nothing is left to look at. */
  onAllDone: () => void
}

type Result = { state: 'running' } | { state: 'done' } | { state: 'failed'; why: string }

const MIN_REASON = 3
const AT_ONCE = 4
const coordinatorsOf = (view: View) => view.coordinators

/** Shows whom an action hits before anybody agrees, and what came of it for each. */
export function BulkDialog({ action, ids, onClose, onAllDone }: BulkDialogProps) {
  const look = bulkLooks[action]
  const coordinators = useView(coordinatorsOf)
  const knowledge = useKnowledge()
  const [reason, setReason] = useState('')
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map())
  // One id per target and dialog: pressing again repeats nothing that was done.
  const requestIds = useRef(new Map(ids.map((id) => [id, crypto.randomUUID()])))
  const rows = useMemo(
    () =>
      ids.map((id) => {
        const coordinator = coordinators.get(id)
        const status = coordinator ? statusOf(coordinator, knowledge) : ('unknown' as const)
        return { id, status, out: leavesOut(action, coordinator, status) }
      }),
    [ids, coordinators, knowledge, action],
  )
  const hit = rows.filter((it) => it.out === undefined && results.get(it.id)?.state !== 'done')
  const running = [...results.values()].some((it) => it.state === 'running')
  const started = results.size > 0
  const done = [...results.values()].filter((it) => it.state === 'done').length
  const ready = reason.trim().length >= MIN_REASON && hit.length > 0 && !running

  const note = (id: string, result: Result) =>
    setResults((before) => new Map(before).set(id, result))

  const run = async () => {
    const queue = hit.map((it) => it.id)
    for (const id of queue) note(id, { state: 'running' })
    let failed = 0
    const work = async () => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
        try {
          await sendCommand(look.command, {
            coordinatorId: id,
            reason: reason.trim(),
            requestId: requestIds.current.get(id),
          })
          note(id, { state: 'done' })
        } catch (error) {
          failed += 1
          note(id, { state: 'failed', why: explain(error) })
        }
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    if (failed === 0) onAllDone()
  }

  const close = () => {
    if (!running) onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={`${look.title} ${hit.length + done} of ${ids.length} selected`}
      description={look.consequence}
      footer={
        <>
          <Button size="md" onClick={close} disabled={running}>
            {started ? 'Close' : 'Not now'}
          </Button>
          <Button
            size="md"
            kind={look.danger ? 'danger' : 'primary'}
            disabled={!ready}
            busy={running}
            onClick={() => void run()}
          >
            {started && hit.length > 0
              ? `Try ${hit.length} again`
              : `${look.confirm} ${hit.length}`}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <ul
          aria-label="Whom it hits"
          className="max-h-64 overflow-y-auto rounded-lg border border-line bg-bg"
        >
          {rows.map(({ id, status, out }) => (
            <li
              key={id}
              className="flex items-center gap-2 border-b border-soft px-3 py-1.5 last:border-0"
            >
              <Lamp status={status} size={12} />
              <span className={out === undefined ? 'flex min-w-0' : 'flex min-w-0 opacity-60'}>
                <Id id={id} className="text-sm" />
              </span>
              <span className="ml-auto flex items-center gap-1.5 text-right text-xs text-mute">
                <Outcome result={results.get(id)} out={out} />
              </span>
            </li>
          ))}
        </ul>
        <Field label="Reason" hint="Stands in the log and the audit, with your name, for each.">
          {(field) => (
            <TextArea
              {...field}
              autoFocus
              rows={2}
              maxLength={500}
              disabled={running}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Dialog>
  )
}

function Outcome({ result, out }: { result: Result | undefined; out: string | undefined }) {
  if (result?.state === 'running')
    return <LoaderCircle aria-label="under way" className="size-3.5 animate-spin text-blocked" />
  if (result?.state === 'done')
    return (
      <>
        <Check aria-hidden className="size-3.5 text-active" /> done
      </>
    )
  if (result?.state === 'failed')
    return (
      <span className="flex items-center gap-1.5 text-dead-ink">
        <CircleAlert aria-hidden className="size-3.5 flex-none" /> {result.why}
      </span>
    )
  return out === undefined ? 'hit' : `left out: ${out}`
}
