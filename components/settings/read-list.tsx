import type { ReactNode } from 'react'
import { explain } from '../live/api-error'
import { ErrorState } from '../ui/error-state'
import { Skeleton } from '../ui/skeleton'

interface ReadListProps<T> {
  /** What could not be read, such as `The users`. */
  what: string
  query: { data: T | undefined; error: Error | null; refetch: () => unknown }
  rows?: number
  children: (data: T) => ReactNode
}

/** What was read over HTTP: it, or that it is on its way, or why not. Old data outlives an error. */
export function ReadList<T>({ what, query, rows = 4, children }: ReadListProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error)
    return (
      <ErrorState title={`${what} could not be read`} onRetry={() => void query.refetch()}>
        {explain(query.error)}
      </ErrorState>
    )
  return (
    <div role="status" aria-label="Loading" className="grid gap-2">
      {Array.from({ length: rows }, (_, index) => `row-${index}`).map((row) => (
        <Skeleton key={row} className="h-11" />
      ))}
    </div>
  )
}
