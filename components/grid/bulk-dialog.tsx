'use client'

import { useMemo } from 'react'
import { type BulkCommand, MAX_REASON, reasonSchema } from '@/lib/protocol/commands'
import { bulkPreviewOf } from '@/lib/view/bulk-preview'
import { useMay } from '../live/session-context'
import { useNotNow } from '../live/use-not-now'
import { useSlowMoment } from '../live/use-slow-moment'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { Meter } from '../ui/meter'
import { singlePress } from '../ui/single-press'
import { TextArea } from '../ui/text-area'
import { useReason } from '../ui/use-reason'
import { bulkLooks } from './bulk-actions'
import { BulkList } from './bulk-list'
import { type SharedReason, sharedReasons } from './shared-reasons'
import { type BulkPress, useBulkPress } from './use-bulk-press'

interface BulkDialogProps {
  action: BulkCommand
  ids: readonly string[]
  onClose: () => void
  /** Closed when nothing is left to do. */
  onAllDone?: (() => void) | undefined
}

/** Shows whom an action hits and what it would do before anybody agrees, and what came of it for each. */
export function BulkDialog({ action, ids, onClose, onAllDone }: BulkDialogProps) {
  const look = bulkLooks[action]
  const moment = useSlowMoment()
  const notNow = useNotNow()
  const may = useMay('operator')
  const [reason, setReason] = useReason(action)
  const bulk = useBulkPress(action)
  const { results, running } = bulk
  const { rows, hit, totals } = useMemo(
    () => bulkPreviewOf(moment, action, ids),
    [moment, action, ids],
  )
  const started = running || results.size > 0
  const left = hit.filter((it) => !results.get(it)?.done)
  // What failed may be tried again although the board says otherwise by now.
  const failed = [...results.values()].filter((it) => !it.done).map((it) => it.coordinatorId)
  const next = started ? failed : left
  const ready =
    may &&
    notNow === undefined &&
    !running &&
    next.length > 0 &&
    reasonSchema.safeParse(reason).success
  const ended = started && !running && failed.length === 0
  const settled = [...results.values()].filter((it) => !bulk.underWay.has(it.coordinatorId))
  const shared = sharedReasons(settled)
  const shown = useMemo(() => {
    if (running || failed.length === 0) return rows
    const bad = new Set(failed)
    return [...rows].sort((a, b) => Number(bad.has(b.id)) - Number(bad.has(a.id)))
  }, [rows, running, failed])
  const close = () => {
    if (running) return
    onClose()
    if (ended) onAllDone?.()
  }
  const submit = () => {
    if (ready) void bulk.press(next, reason.trim())
  }
  const many = (count: number) => count.toLocaleString('en')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={
        started
          ? `${look.title}: ${many(ids.length)} picked`
          : `${look.title} ${many(hit.length)} of ${many(ids.length)}`
      }
      description={look.consequence}
      footer={
        <>
          <Button
            size="md"
            kind={ended ? 'primary' : 'plain'}
            onClick={singlePress(close)}
            disabled={running}
          >
            {ended ? 'Done' : started ? 'Close' : 'Not now'}
          </Button>
          {!ended && (
            <Button
              size="md"
              kind="danger"
              disabled={!ready}
              busy={running}
              title={notNow}
              onClick={submit}
            >
              {running
                ? 'Under way'
                : started
                  ? `Try ${many(failed.length)} again`
                  : `${look.title} ${many(next.length)}`}
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-4">
        {started ? (
          <Progress bulk={bulk} done={look.done} shared={shared} />
        ) : (
          totals.length > 0 &&
          hit.length > 0 && (
            <ul aria-label="What it comes to" className="grid gap-1 text-base text-ink">
              {totals.map((it) => (
                <li key={it}>{it}.</li>
              ))}
            </ul>
          )
        )}
        <BulkList
          rows={shown}
          results={results}
          underWay={bulk.underWay}
          said={new Set(shared.map((it) => it.says))}
        />
        {!ended && (
          <Field
            label="Reason"
            hint="Stands in the log and the audit, with your name, for each."
            error={bulk.error}
          >
            {(field) => (
              <TextArea
                {...field}
                autoFocus
                required
                rows={2}
                maxLength={MAX_REASON}
                disabled={running}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit()
                }}
              />
            )}
          </Field>
        )}
      </div>
    </Dialog>
  )
}

interface ProgressProps {
  bulk: BulkPress
  /** What has been done to a target, in a word. */
  done: string
  shared: readonly SharedReason[]
}

/** How far it is, and what it came to. */
function Progress({ bulk, done, shared }: ProgressProps) {
  const { results, underWay, running } = bulk
  const all = [...results.values()]
  const good = all.filter((it) => it.done).length
  const unsure = all.filter((it) => it.unsure && !underWay.has(it.coordinatorId)).length
  const refused = all.filter(
    (it) => !it.done && !it.unsure && !underWay.has(it.coordinatorId),
  ).length
  const total = new Set([...results.keys(), ...underWay]).size
  const says = [
    `${good.toLocaleString('en')} of ${total.toLocaleString('en')} ${done}`,
    ...(refused > 0 ? [`${refused.toLocaleString('en')} not done`] : []),
    ...(unsure > 0 ? [`${unsure.toLocaleString('en')} unknown`] : []),
  ].join(', ')
  return (
    <div className="grid gap-1.5">
      <Meter
        label="Progress"
        value={total - underWay.size}
        max={total}
        tone={refused > 0 ? 'dead' : unsure > 0 ? 'stale' : 'active'}
      />
      <p role="status" className="text-base text-ink">
        {running ? `Under way: ${says}` : `${says}.`}
      </p>
      {shared.length > 0 && (
        <ul aria-label="Why not" className="grid gap-1 text-sm text-mute">
          {shared.map((it) => (
            <li key={it.says}>
              {it.count < refused + unsure && (
                <b className="font-semibold text-ink">{it.count.toLocaleString('en')}: </b>
              )}
              {it.says}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
