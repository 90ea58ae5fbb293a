'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { ApiError } from './api-error'
import { invalidateByEvents } from './invalidate-by-events'
import { holdConnection, pageLiveClient } from './page-live-client'

const RETRIES = 2

function createQueryClient(): QueryClient {
  return new QueryClient({
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
}

/** Connects the page, and gives everything below its cache of HTTP reads. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [queries] = useState(createQueryClient)
  useEffect(() => holdConnection(), [])
  useEffect(() => invalidateByEvents(pageLiveClient().store, queries), [queries])
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>
}
