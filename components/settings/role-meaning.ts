import { ROLES, type Role } from '@/lib/protocol/roles'

/** What each role may do, as the end of a sentence. */
export const roleMeaning: Record<Role, string> = {
  viewer: 'sees the whole board, and changes nothing',
  operator: 'sees the whole board, sends, escalates, decides, forces breakers, and reads the audit',
  admin:
    'does all that an operator does, and manages users, everybody’s sessions, machine tokens and webhooks',
}

export const roleOptions = ROLES.map((it) => ({ value: it, label: it }))
