import type { QueryClient } from '@tanstack/react-query'
import type { LiveStore } from './live-store'
import { staleAfter } from './query-keys'
import { readAgain } from './read-again'

/** Two hundred events a second must not become two hundred requests. */
const PAUSE_MS = 1_000

/** What events made old is read again, at most once a second. Answers how to stop. */
export function invalidateByEvents(store: LiveStore, queries: QueryClient): () => void {
  const old = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    const families = [...old]
    old.clear()
    for (const family of families) void readAgain(queries, { queryKey: [family] })
  }
  const stop = store.onEvents((events) => {
    for (const event of events) for (const family of staleAfter(event.type)) old.add(family)
    if (old.size > 0) timer ??= setTimeout(flush, PAUSE_MS)
  })
  return () => {
    stop()
    clearTimeout(timer)
  }
}
