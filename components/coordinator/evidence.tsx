'use client'

import type { ReactNode } from 'react'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import { actionWord } from '@/lib/view/action-word'
import { formatDuration, formatShortDuration } from '@/lib/view/format-duration'
import { lastSweepOf } from '@/lib/view/moment'
import { useMoment } from '../live/use-live'
import { useIsPast } from '../live/use-past'
import { CoordinatorLink } from '../ui/coordinator-link'
import { CopyButton } from '../ui/copy-button'
import { Time } from '../ui/time'

/** What speaks for and against its being alive. */
export function Evidence({ coordinator }: { coordinator: CoordinatorView }) {
  const { lastAction, waits, process, replaces, replacedBy } = coordinator
  const isPast = useIsPast()
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
      <Row name="Work">
        {coordinator.phase ? <span className="mono">{coordinator.phase}</span> : 'no phase named'},
        iteration {coordinator.iteration}
      </Row>
      <Row name="Last meaningful action">
        {lastAction ? (
          <>
            {actionWord(lastAction.what)}, <Time at={lastAction.at} ago />
          </>
        ) : (
          'none yet'
        )}
      </Row>
      <Row name="In a wait">
        {waits.length === 0 ? (
          'no'
        ) : waits.length === 1 ? (
          <OneWait since={waits[0]?.since ?? 0} />
        ) : (
          `in ${waits.length}`
        )}
      </Row>
      <Row name="Process">
        <ProcessLine coordinator={coordinator} />
      </Row>
      {process?.pid !== undefined && coordinator.liveness !== 'stopped' && !isPast && (
        <Row name="To stop it hard">
          <span className="inline-flex items-center">
            <code className="rounded-sm bg-bg px-1.5 py-0.5 text-xs">kill -9 {process.pid}</code>
            <CopyButton text={`kill -9 ${process.pid}`} label="Copy the line" className="-my-1" />
          </span>
        </Row>
      )}
      <Row name="Monitor">
        <MonitorLine />
      </Row>
      <Row name="Silence allowed">
        {formatDuration(coordinator.thresholdMs)}, a beat every{' '}
        {formatShortDuration(coordinator.heartbeatIntervalMs)}
      </Row>
      {replaces && (
        <Row name="Replaces">
          <CoordinatorLink coordinatorId={replaces} className="mono hover:underline">
            {replaces}
          </CoordinatorLink>
        </Row>
      )}
      {replacedBy && (
        <Row name="Replaced by">
          <CoordinatorLink coordinatorId={replacedBy} className="mono hover:underline">
            {replacedBy}
          </CoordinatorLink>
        </Row>
      )}
    </dl>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="flex min-w-0 flex-wrap items-center justify-end gap-x-1 text-right text-ink">
        <span className="min-w-0">{children}</span>
      </dd>
    </>
  )
}

function OneWait({ since }: { since: number }) {
  return (
    <>
      yes, for <Time at={since} style="relative" />
    </>
  )
}

function ProcessLine({ coordinator }: { coordinator: CoordinatorView }) {
  const { process, byHand } = coordinator
  if (byHand) return <>none: registered by a handler</>
  if (process?.pid === undefined) return <>not told</>
  return (
    <span className="mono text-xs">
      pid {process.pid}
      {process.host !== undefined && ` on ${process.host}`}
    </span>
  )
}

function MonitorLine() {
  const moment = useMoment()
  const isPast = useIsPast()
  const { now } = moment
  const { graceUntil } = moment.view.monitor
  const lastSweepAt = lastSweepOf(moment)
  if (graceUntil !== undefined && graceUntil > now)
    return <>grace for another {formatDuration(graceUntil - now + 999)}</>
  if (isPast) return <>sweeps are not in the log</>
  if (lastSweepAt === undefined) return <>nobody has swept yet</>
  return <>swept {formatShortDuration(now - lastSweepAt)} ago</>
}
