import type { Redis } from 'ioredis'
import type { NamespaceKeys } from '@/lib/redis/keys'
import { createEventLog } from '@/lib/redis/stores/event-log'
import { createHistoryStore } from '@/lib/redis/stores/history-store'
import type { History } from '@/lib/runtime/history'
import { Turnstile } from '@/lib/runtime/turnstile'
import { EventTimes } from './event-times'
import { oldestReachable, RecentBoards, readStretch } from './read-stretch'

/** Moments that are worked out at the same time, and how many more may wait for that. */
const AT_ONCE = 2
const WAITING = 30
/** One session asks for one at a time; a few tabs, and what it asked for before it moved on, are more. */
const WAITING_EACH = 6

export interface HistoryParts {
  redis: Redis
  keys: NamespaceKeys
  namespace: string
  /** Redis' time, ms. */
  now: () => number
}

/** What this server can tell of the past; everything it tells stands in Redis. */
export function createHistory({ redis, keys, namespace, now }: HistoryParts): History {
  const log = createEventLog(redis, keys)
  const store = createHistoryStore(redis, keys)
  const parts = { store, log, namespace, unpacked: new RecentBoards() }
  const times = new EventTimes(log)
  const turnstile = new Turnstile({
    atOnce: AT_ONCE,
    waiting: WAITING,
    waitingEach: WAITING_EACH,
  })
  return {
    async range({ from, to = now(), buckets }) {
      const [reach] = await Promise.all([oldestReachable(parts), times.refresh()])
      // What lies before the earliest moment cannot be gone to: it takes no place on the line.
      const begin = Math.min(Math.max(from ?? 0, reach?.at ?? from ?? to), to)
      return {
        ...(reach === undefined ? {} : { oldest: reach.at }),
        reaches: reach?.reaches ?? 'kept',
        from: begin,
        to,
        ...times.line(begin, to, buckets),
      }
    },
    async stretch(asked, by) {
      const answer = await turnstile.pass(by, () => readStretch(parts, asked))
      return answer ?? { ok: false, why: 'busy' }
    },
  }
}
