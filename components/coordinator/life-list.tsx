'use client'

import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { EscalationRecord } from '@/lib/protocol/http'
import { counted } from '@/lib/view/sentence'
import { CoordinatorLink } from '../ui/coordinator-link'
import { CopyButton } from '../ui/copy-button'
import { Time } from '../ui/time'
import { DrawerSection } from './drawer-section'

interface LifeListProps {
  coordinator: CoordinatorView
  escalations: readonly EscalationRecord[]
}

/** The lives of this id: the one on the board, and those that were ended by an escalation. */
export function LifeList({ coordinator, escalations }: LifeListProps) {
  const { epoch, instance, refusedWrites, registeredAt } = coordinator
  return (
    <DrawerSection
      title="Lives"
      aside={
        refusedWrites === 0 ? (
          'no write refused'
        ) : (
          <b className="font-semibold text-escalated-ink">
            {counted(refusedWrites, 'fenced write')} refused
          </b>
        )
      }
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
        <dt className="text-faint">Epoch</dt>
        <dd className="mono text-right text-xs text-ink">{epoch}</dd>
        <dt className="text-faint">Instance</dt>
        <dd className="flex min-w-0 items-center justify-end gap-1 text-xs text-ink">
          {instance === undefined ? (
            'no process yet'
          ) : (
            <>
              <span className="mono truncate">{instance}</span>
              <CopyButton text={instance} label="Copy instance" className="-my-1" />
            </>
          )}
        </dd>
        <dt className="text-faint">Registered</dt>
        <dd className="text-right text-ink">
          <Time at={registeredAt} ago />
        </dd>
      </dl>
      {escalations.length > 0 && (
        <ol className="grid gap-1.5 pt-1">
          {escalations.map((it) => (
            <li
              key={`${it.coordinatorId}:${it.epoch}`}
              data-tone="escalated"
              className="grid gap-0.5 border-l-2 border-escalated pl-3 text-sm text-mute"
            >
              <span>
                <CoordinatorLink
                  coordinatorId={it.coordinatorId}
                  className="mono text-xs text-ink hover:underline"
                >
                  {it.coordinatorId}
                </CoordinatorLink>{' '}
                became{' '}
                <CoordinatorLink
                  coordinatorId={it.newCoordinatorId}
                  className="mono text-xs text-ink hover:underline"
                >
                  {it.newCoordinatorId}
                </CoordinatorLink>
                , <Time at={it.at} ago />
              </span>
              <span className="text-xs text-faint">
                {counted(it.movedSignals, 'signal')} and {counted(it.movedWorkItems, 'work item')}{' '}
                moved, by {it.by.replace(/^operator:/, '')}: {it.reason}
              </span>
            </li>
          ))}
        </ol>
      )}
    </DrawerSection>
  )
}
