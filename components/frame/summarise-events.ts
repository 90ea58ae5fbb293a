import type { BoxEvent } from '@/lib/protocol/events'

/** Changes worth saying aloud, worst first, and how. */
const TOLD = [
  ['coordinator.timed_out', 'died'],
  ['coordinator.failed', 'failed to start'],
  ['breaker.opened', 'opened its breaker'],
  ['coordinator.stale', 'went stale'],
  ['coordinator.escalated', 'was escalated'],
  ['coordinator.recovered', 'recovered'],
  ['coordinator.started', 'started'],
] as const satisfies readonly (readonly [BoxEvent['type'], string])[]

/** `impl-auth-07 died. 3 coordinators went stale.` Empty when nothing is worth saying. */
export function summarise(events: readonly BoxEvent[]): string {
  const sentences: string[] = []
  for (const [type, says] of TOLD) {
    const names = new Set(events.filter((it) => it.type === type).map(nameOf))
    const [only] = names
    if (names.size === 1) sentences.push(`${only} ${says}.`)
    else if (names.size > 1) sentences.push(`${names.size} coordinators ${says}.`)
  }
  return sentences.join(' ')
}

function nameOf({ entity }: BoxEvent): string {
  return entity.split(':')[1] ?? entity
}
