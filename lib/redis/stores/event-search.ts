import type { BoxEvent } from '../../protocol/events'
import { compareSequences, type Sequence } from '../../protocol/ids'
import type { EntryFilter, EventLog } from './event-log'

/** What a search looks for; all that is given has to hold. */
export interface EventQuery {
  /** Types, or families of them such as `signal.`. */
  readonly types?: readonly string[] | undefined
  /** Words that the entry's text has to hold: a cheap look before it is parsed. */
  readonly words?: readonly string[] | undefined
  /** The same in whatever case, as somebody types it. */
  readonly text?: string | undefined
  readonly holds?: ((event: BoxEvent) => boolean) | undefined
}

export interface Found {
  /** Oldest first. */
  readonly events: BoxEvent[]
  /** How far it looked: where to go on, in the direction of the search. Undefined at the end of the log. */
  readonly reached: Sequence | undefined
}

const PAGE = 1000

/** Looks for events from `after` on, oldest first, at most `limit` among the next `scan` entries. */
export async function searchForward(
  log: EventLog,
  query: EventQuery,
  range: { after: Sequence; limit: number; scan: number },
): Promise<Found> {
  const only = textFilter(query)
  const events: BoxEvent[] = []
  let cursor = range.after
  for (let looked = 0; looked < range.scan; looked += PAGE) {
    const page = await log.after(cursor, PAGE, only)
    for (const event of page.events) {
      if (!matches(event, query)) continue
      events.push(event)
      if (events.length === range.limit) return { events, reached: event.seq }
    }
    if (page.last === undefined || page.last === cursor) return { events, reached: undefined }
    cursor = page.last
  }
  return { events, reached: cursor }
}

/** The last `limit` events before `before` (all, without one) among the last `scan` entries. */
export async function searchBackward(
  log: EventLog,
  query: EventQuery,
  range: { before?: Sequence | undefined; limit: number; scan: number },
): Promise<Found> {
  const only = textFilter(query)
  const newestFirst: BoxEvent[] = []
  const found = (reached: Sequence | undefined) => ({ events: newestFirst.reverse(), reached })
  let cursor: Sequence | '+' = range.before ?? '+'
  for (let looked = 0; looked < range.scan; looked += PAGE) {
    const page = await log.reverse(cursor, '-', PAGE, only)
    for (const event of page.events) {
      // The range is closed: what is under the cursor was there before.
      if (cursor !== '+' && compareSequences(event.seq, cursor) >= 0) continue
      if (!matches(event, query)) continue
      newestFirst.push(event)
      if (newestFirst.length === range.limit) return found(event.seq)
    }
    if (page.last === undefined || page.last === cursor) return found(undefined)
    cursor = page.last
  }
  return found(cursor === '+' ? undefined : cursor)
}

function textFilter({ types, words, text }: EventQuery): EntryFilter | undefined {
  // Scripts write `"type":"` first of all, without spaces; the parsed event is looked at again.
  const names = types?.map((it) => `"type":"${it}`)
  const typed = text?.toLowerCase()
  if (!names?.length && !words?.length && !typed) return undefined
  return (json) =>
    (!names?.length || names.some((it) => json.includes(it))) &&
    (words ?? []).every((it) => json.includes(it)) &&
    // Scripts that write JSON themselves put a backslash before each slash.
    (!typed || json.replaceAll('\\/', '/').toLowerCase().includes(typed))
}

function matches(event: BoxEvent, { types, holds }: EventQuery): boolean {
  const typeHolds =
    !types?.length ||
    types.some((it) => (it.endsWith('.') ? event.type.startsWith(it) : event.type === it))
  return typeHolds && (holds === undefined || holds(event))
}
