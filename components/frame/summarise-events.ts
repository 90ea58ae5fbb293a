import type { BoxEvent } from '@/lib/protocol/events'

/** Changes worth saying aloud, worst first, and how: of one, and of several. */
const TOLD = [
  ['coordinator.timed_out', 'died', 'died'],
  ['coordinator.failed', 'failed to start', 'failed to start'],
  ['breaker.opened', 'opened its breaker', 'opened their breakers'],
  ['coordinator.stale', 'went stale', 'went stale'],
  ['coordinator.escalated', 'was escalated', 'were escalated'],
  ['coordinator.recovered', 'recovered', 'recovered'],
  ['coordinator.started', 'started', 'started'],
] as const satisfies readonly (readonly [BoxEvent['type'], string, string])[]

/** `impl-auth-07 died. 3 coordinators went stale.` Empty when nothing is worth saying. */
export function summarise(events: readonly BoxEvent[]): string {
  const sentences: string[] = []
  for (const [type, ofOne, ofMany] of TOLD) {
    const names = new Set(events.filter((it) => it.type === type).map(nameOf))
    const [only] = names
    if (names.size === 1) sentences.push(`${only} ${ofOne}.`)
    else if (names.size > 1) sentences.push(`${names.size} coordinators ${ofMany}.`)
  }
  return sentences.join(' ')
}

function nameOf({ entity }: BoxEvent): string {
  return entity.split(':')[1] ?? entity
}
