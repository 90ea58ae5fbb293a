import type { InvalidateQueryFilters, QueryClient } from '@tanstack/react-query'

/**
 * What was read is old: whoever shows it reads it again. A first read under way cannot be broken off, and may
 * have been answered before that which made it old: it is read again once it is in.
 */
export async function readAgain(
  queries: QueryClient,
  filters: InvalidateQueryFilters = {},
): Promise<void> {
  const first = queries
    .getQueryCache()
    .findAll(filters)
    .filter(({ state }) => state.fetchStatus === 'fetching' && state.data === undefined)
  await queries.invalidateQueries(filters)
  await Promise.all(
    first.map(({ queryKey }) => queries.invalidateQueries({ queryKey, exact: true })),
  )
}
