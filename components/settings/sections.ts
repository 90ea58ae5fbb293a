import type { LucideIcon } from 'lucide-react'
import { BellRing, KeyRound, MonitorSmartphone, ScrollText, UserRound, Users } from 'lucide-react'
import { type Role, roleAtLeast } from '@/lib/protocol/roles'

export type SectionId = 'account' | 'sessions' | 'users' | 'tokens' | 'notifications' | 'audit'

export interface Section {
  id: SectionId
  /** In the list of sections. */
  name: string
  icon: LucideIcon
  /** Who may see it; the API refuses everybody else. */
  role: Role
}

export const sections: readonly Section[] = [
  { id: 'account', name: 'Account', icon: UserRound, role: 'viewer' },
  { id: 'sessions', name: 'Sessions', icon: MonitorSmartphone, role: 'viewer' },
  { id: 'users', name: 'Users', icon: Users, role: 'admin' },
  { id: 'tokens', name: 'Tokens', icon: KeyRound, role: 'admin' },
  { id: 'notifications', name: 'Notifications', icon: BellRing, role: 'admin' },
  { id: 'audit', name: 'Audit', icon: ScrollText, role: 'operator' },
]

export function sectionsFor(role: Role): readonly Section[] {
  return sections.filter((it) => roleAtLeast(role, it.role))
}

/** The section that an address names; an address that names none, or nonsense, means the first. */
export function sectionOf(name: string | null): Section {
  const [first] = sections
  const found = sections.find((it) => it.id === name) ?? first
  if (found === undefined) throw new Error('there are no sections')
  return found
}
