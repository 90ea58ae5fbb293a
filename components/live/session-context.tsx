'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { Session } from '@/lib/protocol/http'
import { type Role, roleAtLeast } from '@/lib/protocol/roles'
import { useIsPast } from './use-past'

const Context = createContext<Session | undefined>(undefined)

/** Who is signed in, for everything below. */
export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Context value={session}>{children}</Context>
}

export function useSession(): Session {
  const session = useContext(Context)
  if (!session) throw new Error('useSession needs a SessionProvider above it')
  return session
}

/**
 * Whether the person may do what needs this role, and can: in the past, nobody can do anything. The
 * server decides; this spares useless buttons.
 */
export function useMay(role: Role): boolean {
  const isPast = useIsPast()
  return roleAtLeast(useSession().role, role) && !isPast
}
