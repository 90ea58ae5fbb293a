'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { Check, CircleAlert, CircleHelp, LoaderCircle } from 'lucide-react'
import { useRef } from 'react'
import type { BulkTargetResult } from '@/lib/protocol/commands'
import type { BulkRow } from '@/lib/view/bulk-preview'
import { cx } from '../ui/cx'
import { Id } from '../ui/id'
import { Lamp } from '../ui/lamp'
import { reasonOf } from './shared-reasons'

interface BulkListProps {
  rows: readonly BulkRow[]
  results: ReadonlyMap<string, BulkTargetResult>
  underWay: ReadonlySet<string>
  /** Sentences that stand above the list, for all whom they are about. */
  said: ReadonlySet<string>
}

const LINE = 33

/** Whom an action hits, and what came of it for each. However many: only those in sight exist. */
export function BulkList({ rows, results, underWay, said }: BulkListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 10,
    getItemKey: (index) => rows[index]?.id ?? index,
  })
  return (
    <div
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-[min(16rem,36dvh)] overflow-y-auto rounded-lg border border-line bg-bg"
    >
      <ul aria-label="Whom it hits" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          return row === undefined ? null : (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              style={{ transform: `translateY(${item.start}px)` }}
              className={cx(
                'absolute inset-x-0 top-0 flex flex-wrap items-center gap-x-2 gap-y-0.5 px-3 py-1.5',
                item.index < rows.length - 1 && 'border-b border-soft',
              )}
            >
              <Lamp status={row.status} size={12} />
              <span className={row.out === undefined ? 'flex min-w-0' : 'flex min-w-0 text-mute'}>
                <Id id={row.id} className="text-sm" />
              </span>
              <span className="ml-auto flex max-w-full items-center gap-1.5 text-right text-xs text-mute">
                <Outcome
                  row={row}
                  result={results.get(row.id)}
                  underWay={underWay.has(row.id)}
                  said={said}
                />
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

interface OutcomeProps {
  row: BulkRow
  result: BulkTargetResult | undefined
  underWay: boolean
  said: ReadonlySet<string>
}

function Outcome({ row, result, underWay, said }: OutcomeProps) {
  if (underWay)
    return <LoaderCircle aria-label="under way" className="size-3.5 animate-spin text-blocked" />
  if (result?.done)
    return (
      <>
        <Check aria-hidden className="size-3.5 flex-none text-active" />
        {result.newCoordinatorId === undefined ? (
          result.cancelled === undefined ? (
            'done'
          ) : (
            `done, ${result.cancelled} cancelled`
          )
        ) : (
          <span className="flex min-w-0 items-baseline gap-1">
            by <Id id={result.newCoordinatorId} className="text-xs" />
          </span>
        )}
      </>
    )
  if (result !== undefined) {
    const Icon = result.unsure ? CircleHelp : CircleAlert
    const reason = reasonOf(result)
    const short = result.unsure ? 'unknown' : 'not done'
    return (
      <span
        className={
          result.unsure
            ? 'flex items-center gap-1.5 text-stale-ink'
            : 'flex items-center gap-1.5 text-dead-ink'
        }
      >
        <Icon aria-hidden className="size-3.5 flex-none" />
        <span>{!reason || said.has(reason) ? short : reason}</span>
      </span>
    )
  }
  if (row.out !== undefined) return `left out: ${row.out}`
  return row.effect ?? 'hit'
}
