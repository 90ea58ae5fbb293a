import type { EventType } from '@/lib/protocol/events'

/** Names of everything that is read over HTTP and cached; the first part is what events invalidate. */
export const queryKeys = {
  session: () => ['session'] as const,
  coordinators: () => ['coordinators'] as const,
  coordinator: (id: string) => ['coordinators', id] as const,
  signals: (filter?: Readonly<Record<string, string | undefined>>) =>
    filter ? (['signals', filter] as const) : (['signals'] as const),
  signal: (signalId: string) => ['signals', 'one', signalId] as const,
  swarms: () => ['swarms'] as const,
  consensus: (filter?: Readonly<Record<string, string | undefined>>) =>
    filter ? (['consensus', filter] as const) : (['consensus'] as const),
  breakers: () => ['breakers'] as const,
  events: (filter?: Readonly<Record<string, string | undefined>>) =>
    filter ? (['events', filter] as const) : (['events'] as const),
  audit: () => ['audit'] as const,
  users: () => ['users'] as const,
  sessions: () => ['sessions'] as const,
  tokens: () => ['tokens'] as const,
  webhooks: () => ['webhooks'] as const,
} as const

/** Which cached reads an event makes old: by the first word of its type. */
export function staleAfter(type: EventType): readonly string[] {
  const family = type.slice(0, type.indexOf('.'))
  switch (family) {
    case 'coordinator':
    case 'spawn':
      return ['coordinators', 'swarms']
    case 'work':
      return ['coordinators']
    case 'signal':
    case 'ack':
      return ['signals', 'coordinators']
    case 'consensus':
      return ['consensus']
    case 'breaker':
      return ['breakers', 'coordinators']
    case 'operator':
      // Also what admins do to users, sessions, tokens and webhooks.
      return ['audit', 'users', 'sessions', 'tokens', 'webhooks']
    default:
      return []
  }
}
