'use client'

import { ArrowUp } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import type { SignalView } from '@/lib/protocol/signal'
import { counted } from '@/lib/view/sentence'
import { explain } from '../live/api-error'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { CoordinatorLink } from '../ui/coordinator-link'
import { cx } from '../ui/cx'
import { Duration } from '../ui/duration'
import { Id } from '../ui/id'
import { Skeleton } from '../ui/skeleton'
import { Time } from '../ui/time'
import { useMedia } from '../ui/use-media'
import { type VirtualColumn, VirtualTable } from '../ui/virtual-table'
import { slowestAck } from './slowest-ack'
import { TargetMarks } from './target-marks'
import type { HeldRows } from './use-held-rows'
import type { OlderSignals } from './use-older-signals'

interface SignalTableProps {
  held: HeldRows
  loading: boolean
  selected: string | undefined
  onOpen: (signalId: string) => void
  older: OlderSignals
  empty: ReactNode
}

export function SignalTable({ held, loading, selected, onOpen, older, empty }: SignalTableProps) {
  const wide = useMedia('(min-width: 52rem)')
  const wall = useMedia('(min-width: 140rem)')
  const box = useRef<HTMLDivElement>(null)
  if (loading) return <TableSkeleton />
  const { rows, waiting, release, handlers } = held
  return (
    <div ref={box} className="relative flex min-h-0 flex-1 flex-col" {...handlers}>
      {waiting > 0 && (
        <Button
          className="absolute top-9 left-1/2 z-20 -translate-x-1/2 rounded-full shadow-float"
          onClick={(event) => {
            release()
            const table = box.current?.querySelector('[role=table]')
            table?.parentElement?.scrollTo({ top: 0 })
            // This button goes, and the focus with it: who pressed it by keyboard stays in the list.
            if (event.detail === 0) table?.querySelector<HTMLElement>('[data-row] button')?.focus()
          }}
        >
          <ArrowUp /> {counted(waiting, 'new signal')}
        </Button>
      )}
      <VirtualTable
        label="Signals, the latest first"
        columns={columnsFor({ wide, wall }, onOpen)}
        rows={rows}
        rowKey={keyOf}
        rowHeight={wide ? 36 : 54}
        selectedKey={selected}
        onRowClick={(row) => onOpen(row.signalId)}
        empty={empty}
        className="border-t border-line"
      />
      {older.more && rows.length > 0 && (
        <div className="flex flex-wrap items-center justify-center gap-2 border-t border-soft py-1.5">
          {older.error && (
            <p role="alert" className="text-sm text-dead-ink">
              {explain(older.error)}
            </p>
          )}
          <Button kind="ghost" busy={older.busy} onClick={older.more}>
            Older signals
          </Button>
        </div>
      )}
    </div>
  )
}

/** Whom else a signal goes to, where the column has room for them. */
const BESIDE = 3

const keyOf = (row: SignalView) => row.signalId

function columnsFor(
  { wide, wall }: { wide: boolean; wall: boolean },
  onOpen: (signalId: string) => void,
): VirtualColumn<SignalView>[] {
  const type = (row: SignalView) => (
    <button
      type="button"
      className="mono truncate text-xs font-medium text-ink underline-offset-2 hover:underline"
      onClick={(event) => {
        event.stopPropagation()
        onOpen(row.signalId)
      }}
    >
      {row.type}
    </button>
  )
  const age = (row: SignalView) => <Time at={row.timestamp} className="text-xs text-faint" />
  if (!wide)
    return [
      {
        key: 'signal',
        head: 'Signal',
        width: 'minmax(0,1fr)',
        cell: (row) => (
          <span className="grid gap-0.5">
            <span className="flex items-center gap-2">
              {type(row)}
              <TargetMarks targets={row.targets} />
              <Refused signal={row} />
            </span>
            <span className="flex min-w-0 gap-1 text-xs text-mute">
              <Sender signal={row} /> → <Targets signal={row} />
            </span>
          </span>
        ),
      },
      { key: 'sent', head: 'Sent', width: '3.5rem', align: 'end', cell: age },
    ]
  return [
    { key: 'sent', head: 'Sent', width: '4.5rem', cell: age },
    { key: 'type', head: 'Type', width: '7rem', cell: type },
    {
      key: 'from',
      head: 'From',
      // On a wall nobody needs more room for targets, and the eye has a shorter way to their ACKs.
      width: wall ? 'minmax(6rem,1fr)' : 'minmax(6rem,0.8fr)',
      cell: (row) => <Sender signal={row} />,
    },
    {
      key: 'to',
      head: 'To',
      width: wall ? 'minmax(7rem,1.25fr)' : 'minmax(7rem,2fr)',
      cell: (row) => <Targets signal={row} />,
    },
    {
      key: 'acks',
      head: 'ACKs',
      width: 'minmax(8.25rem,1fr)',
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          <TargetMarks targets={row.targets} />
          <Refused signal={row} />
        </span>
      ),
    },
    {
      key: 'slowest',
      head: 'Slowest ACK',
      width: '5.25rem',
      align: 'end',
      cell: (row) => {
        const ms = slowestAck(row)
        return ms === undefined ? (
          <span className="text-faint">–</span>
        ) : (
          <Duration ms={ms} className="text-sm text-mute" />
        )
      },
    },
  ]
}

function Party({ id }: { id: string }) {
  return (
    <CoordinatorLink
      coordinatorId={id}
      onClick={(event) => event.stopPropagation()}
      className="min-w-0 text-ink hover:underline"
    >
      <Id id={id} className="text-xs" />
    </CoordinatorLink>
  )
}

/** A person's signal is theirs, whatever the control room is called among coordinators. */
function Sender({ signal: { source, sentBy } }: { signal: SignalView }) {
  return sentBy === undefined ? (
    <Party id={source} />
  ) : (
    <Chip tone="ivory" title={`Sent through the control room, as ${source}`}>
      by {sentBy}
    </Chip>
  )
}

function Targets({ signal: { targets } }: { signal: SignalView }) {
  const [first, ...others] = targets
  if (first === undefined) return null
  const more = (hidden: number, where: string) =>
    hidden > 0 && (
      <span
        className={cx('flex-none text-xs text-faint', where)}
        title={targets
          .slice(0, 40)
          .map((it) => it.coordinatorId)
          .join('\n')}
      >
        +{hidden}
      </span>
    )
  return (
    <span className="@container block min-w-0 flex-1">
      <span className="flex min-w-0 items-baseline gap-2.5">
        <Party id={first.coordinatorId} />
        {others.slice(0, BESIDE).map((it) => (
          <span key={it.coordinatorId} className="flex min-w-0 @max-lg:hidden">
            <Party id={it.coordinatorId} />
          </span>
        ))}
        {more(others.length, '@lg:hidden')}
        {more(others.length - BESIDE, '@max-lg:hidden')}
      </span>
    </span>
  )
}

function Refused({ signal }: { signal: SignalView }) {
  const refused = signal.targets.reduce((sum, it) => sum + it.rejected, 0)
  return refused === 0 ? null : (
    <Chip tone="dead" title="ACKs that did not hold">
      {refused} refused
    </Chip>
  )
}

function TableSkeleton() {
  return (
    <div className="grid gap-px border-t border-line px-4 py-3">
      {Array.from({ length: 12 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <Skeleton key={index} className="my-1.5 h-6" />
      ))}
    </div>
  )
}
