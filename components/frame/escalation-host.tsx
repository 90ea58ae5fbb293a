'use client'

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { lazyPart } from '../ui/lazy-part'

const EscalationWindow = lazyPart(() => import('./escalation-window').then((it) => it.default), {
  failed: () => null,
})

interface Escalation {
  /** Asks what an escalation would do, and does it when it is confirmed. */
  escalate: (coordinatorId: string) => void
}

const Context = createContext<Escalation>({ escalate: () => {} })

/** One escalation at a time, from wherever it was asked for: a tile, an entry, a key. */
export function EscalationHost({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<{ id: string; open: boolean }>()
  const value = useMemo(() => ({ escalate: (id: string) => setAsked({ id, open: true }) }), [])
  return (
    <Context value={value}>
      {children}
      {asked && (
        <EscalationWindow
          key={asked.id}
          coordinatorId={asked.id}
          open={asked.open}
          onOpenChange={(open) => setAsked({ id: asked.id, open })}
        />
      )}
    </Context>
  )
}

export function useEscalation(): Escalation {
  return useContext(Context)
}
