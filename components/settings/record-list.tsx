import type { ReactNode } from 'react'
import { cx } from '../ui/cx'
import { Td, Th, Tr } from '../ui/table'
import { ReadList } from './read-list'
import { TablePanel } from './table-panel'

export interface RecordColumn<T> {
  head: string
  /** The head is only said, not shown: over buttons. */
  hideHead?: boolean
  /** Left out below this width. */
  from?: 'sm' | 'lg' | 'xl'
  className?: string
  cell: (record: T) => ReactNode
}

interface RecordListProps<T> {
  /** Names the table, and what could not be read: `Machine tokens`, `The tokens`. */
  label: string
  what: string
  query: { data: readonly T[] | undefined; error: Error | null; refetch: () => unknown }
  columns: readonly RecordColumn<T>[]
  keyOf: (record: T) => string
  /** Instead of a table without rows. */
  empty: ReactNode
}

const hiddenBelow = { sm: 'max-sm:hidden', lg: 'max-lg:hidden', xl: 'max-xl:hidden' }

/** Everything of one kind that was read over HTTP, one a row: users, sessions, tokens. */
export function RecordList<T>({ label, what, query, columns, keyOf, empty }: RecordListProps<T>) {
  return (
    <ReadList what={what} query={query}>
      {(records) =>
        records.length === 0 ? (
          empty
        ) : (
          <TablePanel label={label}>
            <thead>
              <tr>
                {columns.map(({ head, hideHead, from }) => (
                  <Th key={head} className={from && hiddenBelow[from]}>
                    {hideHead ? <span className="sr-only">{head}</span> : head}
                  </Th>
                ))}
              </tr>
            </thead>
            <tbody>
              {records.map((record) => (
                <Tr key={keyOf(record)}>
                  {columns.map(({ head, from, className, cell }) => (
                    <Td key={head} className={cx(className, from && hiddenBelow[from])}>
                      {cell(record)}
                    </Td>
                  ))}
                </Tr>
              ))}
            </tbody>
          </TablePanel>
        )
      }
    </ReadList>
  )
}
