import { z } from 'zod'
import { type SpawnRequest, spawnRequestSchema } from '../../protocol/spawn'
import type { NamespaceKeys } from '../keys'
import type { RedisLike } from '../redis-like'

export interface SpawnPage {
  readonly requests: SpawnRequest[]
  /** Entries that could not be read. */
  readonly problems: { readonly requestId: string; readonly problem: string }[]
  /** The last entry that was looked at. */
  readonly last: string | undefined
}

/**
 * The requests for replacements after `cursor` ('0-0': all that are not settled); waits at most `blockMs`
 * for the first. Occupies the connection for that long: it needs one of its own.
 */
export async function readSpawnRequests(
  redis: RedisLike,
  keys: NamespaceKeys,
  cursor: string,
  blockMs: number,
): Promise<SpawnPage> {
  const answer = await redis.xread('COUNT', 100, 'BLOCK', blockMs, 'STREAMS', keys.spawn, cursor)
  const requests: SpawnRequest[] = []
  const problems: { requestId: string; problem: string }[] = []
  const entries = answer?.[0]?.[1] ?? []
  for (const [requestId, fields] of entries) {
    const parsed = parse(requestId, fields)
    if (parsed.success) requests.push(parsed.data)
    else problems.push({ requestId, problem: z.prettifyError(parsed.error) })
  }
  return { requests, problems, last: entries.at(-1)?.[0] }
}

function parse(requestId: string, fields: string[]) {
  const it: Record<string, string> = {}
  for (let i = 0; i + 1 < fields.length; i += 2) it[fields[i] ?? ''] = fields[i + 1] ?? ''
  return spawnRequestSchema.safeParse({
    requestId,
    coordinatorId: it.coordinatorId,
    replaces: it.replaces,
    swarmId: it.swarmId,
    epoch: Number(it.epoch),
    deadline: Number(it.deadline),
    reason: it.reason,
    ...(it.phase ? { phase: it.phase } : {}),
    iteration: Number(it.iteration),
    ...(it.label ? { label: it.label } : {}),
    ...(it.thresholdMs ? { thresholdMs: Number(it.thresholdMs) } : {}),
  })
}
