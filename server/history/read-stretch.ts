import type { BoxEvent } from '@/lib/protocol/events'
import { compareSequences, SEQUENCE_START, type Sequence } from '@/lib/protocol/ids'
import type { EventLog } from '@/lib/redis/stores/event-log'
import type { HistoryStore } from '@/lib/redis/stores/history-store'
import type { StretchAnswer, StretchAsked } from '@/lib/runtime/history'
import { applyEvents } from '@/lib/view/reduce'
import { emptyView, type View } from '@/lib/view/view'
import { unpackBoard } from './board-text'

/** Entries read in one go. */
const PAGE = 1_000
/** Entries between a stored board and the moment that are gone through at most. */
const MOST_FOLDED = 100_000
/** Stored boards that are tried, should the nearest be unreadable. */
const TRIES = 3

export interface StretchParts {
  store: HistoryStore
  log: EventLog
  namespace: string
  /** Boards that were unpacked of late: who drags a time line asks for the same one many times. */
  unpacked: RecentBoards
}

/** The few boards used last. */
export class RecentBoards {
  private readonly boards = new Map<Sequence, View>()
  constructor(private readonly most = 3) {}

  get(seq: Sequence): View | undefined {
    const view = this.boards.get(seq)
    if (view) this.put(view)
    return view
  }

  put(view: View): void {
    this.boards.delete(view.seq)
    this.boards.set(view.seq, view)
    for (const seq of this.boards.keys()) if (this.boards.size > this.most) this.boards.delete(seq)
  }
}

/**
 * The board of a moment of the past: the nearest stored one before it, and all events from there,
 * folded by the reducer of the live board. Never a board with a gap: the entry under each cursor has
 * to be there still, as the log is trimmed from its old end.
 */
export async function readStretch(
  parts: StretchParts,
  asked: StretchAsked,
): Promise<StretchAnswer> {
  const base = await baseOf(parts, asked.until)
  const stretch = base && (await follow(parts.log, base, asked))
  if (stretch === 'too-far') return { ok: false, why: 'busy' }
  if (stretch) return { ok: true, stretch }
  const oldest = await oldestReachable(parts)
  return { ok: false, why: 'out-of-reach', ...(oldest === undefined ? {} : { oldest: oldest.at }) }
}

async function baseOf(
  { store, log, namespace, unpacked }: StretchParts,
  until: Sequence,
): Promise<View | undefined> {
  for (const seq of await store.notAfter(until, TRIES)) {
    const known = unpacked.get(seq)
    if (known) return known
    const packed = await store.read(seq)
    const view = packed && (await unpackBoard(packed))
    if (!view) continue
    unpacked.put(view)
    return view
  }
  return (await log.isWhole()) ? emptyView(namespace) : undefined
}

async function follow(log: EventLog, base: View, { until, lead, follow }: StretchAsked) {
  let view = base
  let cursor = base.seq
  /** Not folded in; of those before the moment, at most `lead` stay here. */
  let events: BoxEvent[] = []
  let after = 0
  const fold = () => {
    const surplus = events.length - after - lead
    if (surplus <= 0) return
    view = applyEvents(view, events.slice(0, surplus))
    events = events.slice(surplus)
  }
  for (let read = 0; read < MOST_FOLDED; read += PAGE) {
    const page = await log.after(cursor, PAGE)
    if (page.lost) return undefined
    for (const event of page.events) {
      const isAfter = compareSequences(event.seq, until) > 0
      if (isAfter && after === follow) {
        fold()
        return { view, events, complete: false }
      }
      after += Number(isAfter)
      events.push(event)
    }
    fold()
    if (page.last === undefined || page.last === cursor) return { view, events, complete: true }
    cursor = page.last
  }
  return 'too-far' as const
}

/** From when on every moment can be shown. */
export async function oldestReachable({
  store,
  log,
}: Pick<StretchParts, 'store' | 'log'>): Promise<
  { at: number; reaches: 'beginning' | 'kept' } | undefined
> {
  const [first, whole] = await Promise.all([log.oldest(), log.isWhole()])
  if (first === undefined) return undefined
  if (whole) return { at: msOf(first), reaches: 'beginning' }
  const seq = await store.firstFrom(first === SEQUENCE_START ? '0-1' : first)
  // A moment holds all of its millisecond, of which the stored board may hold only the first events.
  return seq === undefined ? undefined : { at: msOf(seq), reaches: 'kept' }
}

const msOf = (seq: Sequence) => Number(seq.slice(0, seq.indexOf('-')))
