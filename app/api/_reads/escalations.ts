import { z } from 'zod'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { BoxEvent } from '@/lib/protocol/events'
import { type EscalationRecord, escalationRecordSchema } from '@/lib/protocol/http'
import type { Runtime } from '@/lib/runtime/runtime'

const number = z.coerce.number().int()
const evidenceSchema = escalationRecordSchema.extend({
  epoch: number,
  at: number,
  lastBeat: z.preprocess((it) => (it === '' ? undefined : it), number.optional()),
  movedSignals: number,
  movedWorkItems: number,
})

/** A chain of replacements longer than this is not followed. */
const LONGEST_CHAIN = 20

/**
 * The lives that ended in this chain of replacements, latest first, with their evidence: of the
 * coordinator's predecessors and successors by their records, of its own earlier lives by the log.
 */
export async function escalationsOf(
  coordinator: CoordinatorView,
  events: readonly BoxEvent[],
  { board, redis, keys }: Pick<Runtime, 'board' | 'redis' | 'keys'>,
): Promise<EscalationRecord[]> {
  const lives = new Map<string, { id: string; epoch: number }>()
  const add = (id: string, epoch: number) => lives.set(`${id} ${epoch}`, { id, epoch })
  const { coordinators } = board.view()
  for (const next of ['replaces', 'replacedBy'] as const) {
    let it: CoordinatorView | undefined = coordinator
    for (let i = 0; it && i < LONGEST_CHAIN; i++) {
      if (it.liveness === 'escalated') add(it.id, it.epoch)
      const id: string | undefined = it[next]
      it = id === undefined ? undefined : coordinators.get(id)
    }
  }
  for (const event of events) {
    if (event.type !== 'coordinator.escalated') continue
    add(event.entity.slice('coordinator:'.length), event.data.epoch)
  }
  const found = await Promise.all(
    [...lives.values()].map(({ id, epoch }) => redis.hgetall(keys.escalation(id, epoch))),
  )
  return found
    .flatMap((hash) => evidenceSchema.safeParse(hash).data ?? [])
    .sort((a, b) => b.at - a.at)
}
