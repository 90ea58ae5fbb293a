import {
  type BoxEvent,
  EVENT_FIELD,
  type ParsedEntry,
  parseEventEntry,
} from '../../protocol/events'
import { SEQUENCE_START, type Sequence } from '../../protocol/ids'
import type { NamespaceKeys } from '../keys'
import type { RedisLike } from '../redis-like'

/** An entry that could not be read. It is skipped, and somebody should hear of it. */
export interface EntryProblem {
  readonly seq: Sequence
  readonly problem: string
}

export interface LogPage {
  readonly events: BoxEvent[]
  readonly problems: EntryProblem[]
  /** The last entry that was looked at, readable or not; where to go on. Undefined where there was none. */
  readonly last: Sequence | undefined
}

export interface LogTail extends LogPage {
  /**
   * The entry under the cursor is gone, and perhaps others behind it: what was folded so far has a gap.
   * Only a new snapshot helps.
   */
  readonly lost: boolean
}

export interface EventLog {
  /** The last entry, or the start where there is none. */
  end(): Promise<Sequence>
  /** The oldest entry that is still there. */
  oldest(): Promise<Sequence | undefined>
  /** Whether nothing was ever removed from it: then it tells everything from the beginning. */
  isWhole(): Promise<boolean>
  /** What came after `cursor`, oldest first, at most `limit`; of it only what `only` holds of, if given. */
  after(cursor: Sequence, limit?: number, only?: EntryFilter): Promise<LogTail>
  /** From `from` to `to`, both included, oldest first, at most `limit`. */
  range(from: Sequence | '-', to: Sequence | '+', limit?: number): Promise<LogPage>
  /** The texts of the entries from `from` to `to` (`(` before a sequence leaves it out), unparsed, oldest first. */
  texts(from: string, to: string, limit: number): Promise<[seq: Sequence, json: string][]>
  /** The same from `to` back to `from`, newest first. */
  textsBack(to: string, from: string, limit: number): Promise<[seq: Sequence, json: string][]>
  /** From `to` back to `from`, both included, newest first, at most `limit`; filtered as `after`. */
  reverse(
    to: Sequence | '+',
    from: Sequence | '-',
    limit?: number,
    only?: EntryFilter,
  ): Promise<LogPage>
  /**
   * Waits until there is something after `cursor`, at most `blockMs` (above 0). Occupies the connection for
   * that long: it needs one of its own.
   * @returns whether there is
   */
  wait(cursor: Sequence, blockMs: number): Promise<boolean>
}

/** Looks at an entry's JSON text before it is parsed: for readers who need few of many. */
export type EntryFilter = (json: string) => boolean

type Entry = [id: string, fields: string[]]

/** Reads the event stream of one namespace. */
export function createEventLog(redis: RedisLike, keys: NamespaceKeys): EventLog {
  return {
    async end() {
      const [newest] = await redis.xrevrange(keys.events, '+', '-', 'COUNT', 1)
      return newest?.[0] ?? SEQUENCE_START
    },
    async oldest() {
      const [first] = await redis.xrange(keys.events, '-', '+', 'COUNT', 1)
      return first?.[0]
    },
    async isWhole() {
      // XINFO refuses to speak of a stream that is not there.
      if ((await redis.exists(keys.events)) === 0) return true
      const info = (await redis.xinfo('STREAM', keys.events)) as unknown[]
      const field = (name: string) => Number(info[info.indexOf(name) + 1])
      return field('entries-added') === field('length')
    },
    async after(cursor, limit = 1000, only) {
      // With the entry under the cursor: trimming leaves no other trace.
      const entries = await redis.xrange(keys.events, cursor, '+', 'COUNT', limit + 1)
      const found = entries[0]?.[0] === cursor
      const page = parsePage(found ? entries.slice(1) : entries.slice(0, limit), only)
      return { ...page, lost: !found && cursor !== SEQUENCE_START }
    },
    async range(from, to, limit = 1000) {
      return parsePage(await redis.xrange(keys.events, from, to, 'COUNT', limit))
    },
    async reverse(to, from, limit = 1000, only) {
      return parsePage(await redis.xrevrange(keys.events, to, from, 'COUNT', limit), only)
    },
    async texts(from, to, limit) {
      return textsOf(await redis.xrange(keys.events, from, to, 'COUNT', limit))
    },
    async textsBack(to, from, limit) {
      return textsOf(await redis.xrevrange(keys.events, to, from, 'COUNT', limit))
    },
    async wait(cursor, blockMs) {
      const answer = await redis.xread(
        'COUNT',
        1,
        'BLOCK',
        Math.max(1, Math.ceil(blockMs)),
        'STREAMS',
        keys.events,
        cursor,
      )
      return answer !== null
    },
  }
}

const textsOf = (entries: Entry[]) =>
  entries.map(([seq, fields]): [Sequence, string] => [seq, fields[1] ?? ''])

function parsePage(entries: Entry[], only?: EntryFilter): LogPage {
  const events: BoxEvent[] = []
  const problems: EntryProblem[] = []
  for (const entry of entries) {
    if (only && !only(entry[1][1] ?? '')) continue
    const parsed = parseEntry(entry)
    if (parsed.ok) events.push(parsed.event)
    else problems.push({ seq: parsed.seq, problem: parsed.problem })
  }
  return { events, problems, last: entries.at(-1)?.[0] }
}

function parseEntry([seq, fields]: Entry): ParsedEntry {
  const at = fields.findIndex((field, index) => index % 2 === 0 && field === EVENT_FIELD)
  const json = at < 0 ? undefined : fields[at + 1]
  return json === undefined
    ? { ok: false, seq, problem: `has no field ${EVENT_FIELD}` }
    : parseEventEntry(seq, json)
}
