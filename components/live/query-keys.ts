import type { EventType } from '@/lib/protocol/events'

/** Names of what several parts of the page read over HTTP, or make old. */
export const queryKeys = {
  events: (filter: Readonly<Record<string, string | undefined>>) => ['events', filter] as const,
  audit: () => ['audit'] as const,
  users: () => ['users'] as const,
  sessions: () => ['sessions'] as const,
  tokens: () => ['tokens'] as const,
  webhooks: () => ['webhooks'] as const,
} as const

const CHANGED_BY_PEOPLE = ['audit', 'users', 'sessions', 'tokens', 'webhooks']

/** Which of them an event makes old: what people do is told by events, and is not on the board. */
export function staleAfter(type: EventType): readonly string[] {
  return type.startsWith('operator.') ? CHANGED_BY_PEOPLE : []
}
