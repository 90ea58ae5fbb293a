'use client'

import { type ReactNode, useRef } from 'react'
import { cx } from './cx'
import { useLetterScale } from './use-letter-scale'
import { useVirtualRows } from './use-virtual-rows'

export interface VirtualColumn<Row> {
  key: string
  head: ReactNode
  /** A track of `grid-template-columns`, such as `120px` or `minmax(0,1fr)`. */
  width: string
  align?: 'end'
  cell: (row: Row) => ReactNode
}

interface VirtualTableProps<Row> {
  label: string
  columns: readonly VirtualColumn<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** px at the usual size of letters. */
  rowHeight?: number
  selectedKey?: string | undefined
  onRowClick?: (row: Row) => void
  /** Instead of rows when there are none. */
  empty?: ReactNode
  className?: string
}

/** A table of any length, of which only the rows in sight exist. Fills the height it is given. */
export function VirtualTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowHeight = 36,
  selectedKey,
  onRowClick,
  empty,
  className,
}: VirtualTableProps<Row>) {
  const height = Math.round(rowHeight * useLetterScale())
  const scroller = useRef<HTMLDivElement>(null)
  const shown = useVirtualRows({
    scroller,
    count: rows.length,
    keyAt: (index) => {
      const row = rows[index]
      return row === undefined ? String(index) : rowKey(row)
    },
    height,
    overscan: 12,
    // The head lies over as much of what is in sight.
    covered: height,
  })
  const gridTemplateColumns = columns.map((it) => it.width).join(' ')
  const line = 'grid items-center gap-3 px-4'
  return (
    <div ref={scroller} className={cx('scrolls min-h-0 flex-1 overflow-x-auto', className)}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which a table element cannot */}
      <div
        role="table"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        className="min-w-fit"
        {...shown.handlers}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the row itself does nothing */}
        <div
          role="row"
          style={{ gridTemplateColumns }}
          className={cx(line, 'sticky top-0 z-10 h-8 border-b border-line bg-panel')}
        >
          {columns.map((column) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: a column's head does nothing
            <div
              key={column.key}
              role="columnheader"
              className={cx(
                'truncate text-xs font-medium text-faint',
                column.align && 'text-right',
              )}
            >
              {column.head}
            </div>
          ))}
        </div>
        {rows.length === 0 && empty}
        <div style={{ height: shown.height, position: 'relative' }}>
          {shown.rows.map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            const key = rowKey(row)
            return (
              // biome-ignore lint/a11y/useSemanticElements: as above
              // biome-ignore lint/a11y/useKeyWithClickEvents: a link or button in the row does the same by keyboard
              // biome-ignore lint/a11y/useFocusableInteractive: as above
              <div
                key={item.key}
                role="row"
                data-row={key}
                aria-rowindex={item.index + 2}
                data-selected={key === selectedKey || undefined}
                onClick={onRowClick && (() => onRowClick(row))}
                style={{
                  gridTemplateColumns,
                  height: item.size,
                  top: item.start,
                }}
                className={cx(
                  line,
                  'absolute inset-x-0 border-b border-soft hover:bg-raise data-selected:bg-soft',
                  onRowClick && 'cursor-pointer',
                )}
              >
                {columns.map((column) => (
                  // biome-ignore lint/a11y/useSemanticElements: as above
                  <div
                    key={column.key}
                    role="cell"
                    className={cx('min-w-0 truncate', column.align && 'text-right tabular-nums')}
                  >
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
