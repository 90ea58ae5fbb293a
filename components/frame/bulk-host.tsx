'use client'

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import type { BulkCommand } from '@/lib/protocol/commands'
import { lazyPart } from '../ui/lazy-part'

const BulkDialog = lazyPart(() => import('../grid/bulk-dialog').then((it) => it.BulkDialog), {
  failed: () => null,
})

interface Asked {
  action: BulkCommand
  ids: readonly string[]
  /** When it was closed with nothing left to do. */
  onAllDone?: () => void
}

interface Bulk {
  /** Shows whom an action would hit, and does it when it is confirmed. */
  actOn: (asked: Asked) => void
}

const Context = createContext<Bulk>({ actOn: () => {} })

/** One action on many at a time, from wherever it was asked for; it outlives what it was asked from. */
export function BulkHost({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked & { press: number }>()
  const value = useMemo<Bulk>(
    () => ({
      actOn: (next) => setAsked((before) => ({ ...next, press: (before?.press ?? 0) + 1 })),
    }),
    [],
  )
  return (
    <Context value={value}>
      {children}
      {asked && (
        <BulkDialog
          key={asked.press}
          action={asked.action}
          ids={asked.ids}
          onClose={() => setAsked(undefined)}
          onAllDone={asked.onAllDone}
        />
      )}
    </Context>
  )
}

export function useBulk(): Bulk {
  return useContext(Context)
}
