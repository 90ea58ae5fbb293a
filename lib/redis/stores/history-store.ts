import { compareSequences, type Sequence } from '../../protocol/sequence'
import type { NamespaceKeys } from '../keys'
import type { RedisLike } from '../redis-like'

/** Bounds of what is stored of the past. */
export interface HistoryBounds {
  /** Boards. */
  readonly count: number
  /** All of them together, bytes. */
  readonly bytes: number
  /** Seconds. */
  readonly ttl: number
}

export const HISTORY_BOUNDS: HistoryBounds = {
  count: 300,
  bytes: 64 * 1024 * 1024,
  ttl: 14 * 24 * 3600,
}

/** Boards as they were, each named by the last event in it. */
export interface HistoryStore {
  newest(): Promise<Sequence | undefined>
  /** Those not after `seq`, the latest first. */
  notAfter(seq: Sequence, most: number): Promise<Sequence[]>
  /** The oldest of those not before `seq`. */
  firstFrom(seq: Sequence): Promise<Sequence | undefined>
  /** Undefined when it is gone. */
  read(seq: Sequence): Promise<Buffer | undefined>
  /** Whether the caller is the one to store the next board; nobody else is for `ms`. */
  takeTurn(who: string, ms: number): Promise<boolean>
  /**
   * Stores one more, and lets go of the oldest beyond the bounds and of all before `useful`: what the log
   * no longer reaches back to. Only for whoever has the turn.
   */
  store(seq: Sequence, board: Buffer, useful: Sequence): Promise<void>
}

const msOf = (seq: Sequence) => Number(seq.slice(0, seq.indexOf('-')))

export function createHistoryStore(
  redis: RedisLike,
  keys: NamespaceKeys,
  bounds: HistoryBounds = HISTORY_BOUNDS,
): HistoryStore {
  /** Beyond the bounds, once `added` bytes more are there. `kept` is in the order of time. */
  async function surplus(kept: string[], useful: Sequence, added: number): Promise<string[]> {
    const pipeline = redis.pipeline()
    for (const seq of kept) pipeline.strlen(keys.historyBoard(seq))
    const lengths = ((await pipeline.exec()) ?? []).map(([, length]) => Number(length))
    let bytes = added
    let count = 1
    return kept
      .map((seq, index) => ({ seq, length: lengths[index] ?? 0 }))
      .reverse()
      .filter(({ seq, length }) => {
        bytes += length
        count += 1
        // The last one before the log begins is of no use either: what followed it is gone.
        return (
          count > bounds.count ||
          bytes > bounds.bytes ||
          length === 0 ||
          compareSequences(seq, useful) < 0
        )
      })
      .map(({ seq }) => seq)
  }

  return {
    async newest() {
      return (await redis.zrange(keys.history, '-1', '-1'))[0]
    },
    notAfter(seq, most) {
      return redis
        .zrevrangebyscore(keys.history, msOf(seq), '-inf', 'LIMIT', 0, most + 1)
        .then((found) => found.filter((it) => compareSequences(it, seq) <= 0).slice(0, most))
    },
    async firstFrom(seq) {
      const found = await redis.zrangebyscore(keys.history, msOf(seq), '+inf', 'LIMIT', 0, 2)
      return found.find((it) => compareSequences(it, seq) >= 0)
    },
    async read(seq) {
      return (await redis.getBuffer(keys.historyBoard(seq))) ?? undefined
    },
    async takeTurn(who, ms) {
      return (await redis.set(keys.historyTurn, who, 'PX', ms, 'NX')) === 'OK'
    },
    async store(seq, board, useful) {
      const kept = await redis.zrange(keys.history, '0', '-1')
      const gone = await surplus(
        kept.filter((it) => it !== seq),
        useful,
        board.length,
      )
      const all = redis.multi()
      all.set(keys.historyBoard(seq), board, 'EX', bounds.ttl)
      all.zadd(keys.history, msOf(seq), seq)
      if (gone.length > 0) {
        all.zrem(keys.history, ...gone)
        all.unlink(...gone.map((it) => keys.historyBoard(it)))
      }
      all.expire(keys.history, bounds.ttl)
      for (const [error] of (await all.exec()) ?? []) if (error) throw error
    },
  }
}
