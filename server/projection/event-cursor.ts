import type { Redis } from 'ioredis'
import { EVENT_FIELD } from '@/lib/protocol/events'
import { SEQUENCE_START, type Sequence } from '@/lib/protocol/ids'

/** One entry as it stands in the stream. `json` is undefined when it lacks the field. */
export interface RawEntry {
  readonly seq: Sequence
  readonly json: string | undefined
}

const MOST_A_READ = 1000
/** How much longer than it was asked to wait Redis may take to say that nothing came, ms. */
const ANSWER_GRACE_MS = 2000

/**
 * Waits for entries after `cursor`, for at most `blockMs`. Needs a connection of its own.
 *
 * @throws when Redis does not answer; the connection is then dropped, as it may be half dead
 */
export async function readEntriesAfter(
  blocking: Redis,
  key: string,
  cursor: Sequence,
  blockMs: number,
): Promise<RawEntry[]> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer to XREAD within ${blockMs + ANSWER_GRACE_MS} ms`))
      blocking.disconnect(true)
    }, blockMs + ANSWER_GRACE_MS)
  })
  try {
    const read = blocking.xread('COUNT', MOST_A_READ, 'BLOCK', blockMs, 'STREAMS', key, cursor)
    const answer = await Promise.race([read, silence])
    return (answer?.[0]?.[1] ?? []).map(([seq, fields]) => ({ seq, json: fieldOf(fields) }))
  } finally {
    clearTimeout(timer)
  }
}

function fieldOf(fields: readonly string[] | null): string | undefined {
  if (!fields) return undefined
  for (let i = 0; i + 1 < fields.length; i += 2) if (fields[i] === EVENT_FIELD) return fields[i + 1]
  return undefined
}

/**
 * Whether the entry under the cursor is still there. XREAD skips what was trimmed without a word;
 * the stream is trimmed from its old end, so as long as this entry is there, so is all after it.
 * It is also gone when Redis lost writes, or was emptied.
 */
export async function cursorHolds(redis: Redis, key: string, cursor: Sequence): Promise<boolean> {
  if (cursor !== SEQUENCE_START)
    return (await redis.xrange(key, cursor, cursor, 'COUNT', 1)).length === 1
  // Before the first event there is no entry to look at: nothing may have been removed yet.
  if ((await redis.exists(key)) === 0) return true
  const info = (await redis.xinfo('STREAM', key)) as unknown[]
  const field = (name: string) => Number(info[info.indexOf(name) + 1])
  return field('entries-added') === field('length')
}
