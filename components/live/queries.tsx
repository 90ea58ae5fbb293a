'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { ApiError } from './api-error'
import { invalidateByEvents } from './invalidate-by-events'
import { pageLiveClient } from './page-live-client'
import { readAgain } from './read-again'
import { whenLive } from './when-live'

const RETRIES = 2

let client: QueryClient | undefined
let holders = 0
let stop: (() => void) | undefined

/** The page's one cache of HTTP reads, whichever part of the page asks. */
function pageQueries(): QueryClient {
  client ??= new QueryClient({
    defaultOptions: {
      queries: {
        // Frames say when something is old; time alone does not make it so.
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < RETRIES && !(error instanceof ApiError && error.isAnswer),
      },
      mutations: { retry: false },
    },
  })
  return client
}

/** Events make reads old, and so does a time in which none could come. */
function keepFresh(queries: QueryClient): () => void {
  const { store } = pageLiveClient()
  const stops = [
    invalidateByEvents(store, queries),
    store.onAnew(() => void readAgain(queries)),
    whenLive(() => void readAgain(queries)),
  ]
  return () => {
    for (const it of stops) it()
  }
}

/**
 * Gives what is inside its HTTP reads. It stands around rooms, drawers and dialogs rather than
 * around the page: the board itself reads nothing over HTTP, and should not wait for what does.
 */
export function Queries({ children }: { children: ReactNode }) {
  const queries = pageQueries()
  useEffect(() => {
    holders += 1
    stop ??= keepFresh(queries)
    return () => {
      holders -= 1
      if (holders > 0) return
      stop?.()
      stop = undefined
      // Nobody hears what makes it old from here on.
      void queries.invalidateQueries({ refetchType: 'none' })
    }
  }, [queries])
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>
}
