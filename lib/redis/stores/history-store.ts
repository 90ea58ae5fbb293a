import { compareSequences, type Sequence } from '../../protocol/sequence'
import type { NamespaceKeys } from '../keys'
import type { RedisLike } from '../redis-like'
import { evaluate } from '../run-script'

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
   * no longer reaches back to.
   *
   * @returns false, with nothing done, when `who` has not the turn any more: others may be storing
   */
  store(who: string, seq: Sequence, board: Buffer, useful: Sequence): Promise<boolean>
}

const msOf = (seq: Sequence) => Number(seq.slice(0, seq.indexOf('-')))

export function createHistoryStore(
  redis: RedisLike,
  keys: NamespaceKeys,
  bounds: HistoryBounds = HISTORY_BOUNDS,
): HistoryStore {
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
    async store(who, seq, board, useful) {
      const { count, bytes, ttl } = bounds
      const [code] = await evaluate(
        redis,
        'storeBoard',
        [keys.history, keys.historyTurn, keys.historyBoard(seq)],
        [keys.prefix, 'system', who, seq, msOf(seq), board, useful, count, bytes, ttl],
      )
      return code === 'OK'
    },
  }
}
