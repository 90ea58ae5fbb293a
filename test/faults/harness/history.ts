import type { Redis } from 'ioredis'
import type { BoxEvent, EventOf, EventType } from '@/lib/protocol/events'
import { SEQUENCE_START, type Sequence } from '@/lib/protocol/ids'
import { type NamespaceKeys, namespaceKeys } from '@/lib/redis/keys'
import type { SignalRecord } from '@/lib/redis/records/signal-record'
import { createEventLog } from '@/lib/redis/stores/event-log'
import { readHashes } from '@/lib/redis/stores/read-hashes'
import { createSignalStore } from '@/lib/redis/stores/signal-store'
import { readWorkItems } from '@/lib/redis/stores/work-store'

/** All that a namespace holds after a fault. */
export interface History {
  readonly events: readonly BoxEvent[]
  /** Entries and records that could not be read. */
  readonly problems: readonly string[]
  /** Their hashes, by id. */
  readonly coordinators: ReadonlyMap<string, Readonly<Record<string, string>>>
  readonly signals: ReadonlyMap<string, SignalRecord>
  /** Ids of work items in hand, by coordinator. */
  readonly work: ReadonlyMap<string, readonly string[]>
}

/** More than any fault writes: the log is read whole. */
const EVENTS_KEPT = 50_000_000

export async function keepWholeLog(redis: Redis, keys = namespaceKeys()): Promise<void> {
  await redis.hset(keys.settings, 'eventsKept', String(EVENTS_KEPT))
}

export async function readHistory(
  redis: Redis,
  keys: NamespaceKeys = namespaceKeys(),
): Promise<History> {
  const problems: string[] = []
  const events = await readEvents(redis, keys, problems)
  const note = (id: string, problem: string) => problems.push(`${id}: ${problem}`)

  const ids = await redis.smembers(keys.coordinators)
  const hashes = await readHashes(redis, ids, keys.coordinator, note)
  const signalIds = new Set(await redis.zrange(keys.signals, '0', '-1'))
  for (const it of events) if (it.type === 'signal.sent') signalIds.add(it.data.signalId)
  const records = await createSignalStore(redis, keys, note).read([...signalIds])
  const work = new Map<string, string[]>()
  for (const id of ids) {
    const items = await readWorkItems(redis, keys, id, note)
    if (items.length > 0) {
      work.set(
        id,
        items.map((it) => it.workId),
      )
    }
  }
  return {
    events,
    problems,
    coordinators: new Map(hashes.map(({ id, hash }) => [id, hash])),
    signals: new Map(records.map((it) => [it.signal.signalId, it])),
    work,
  }
}

async function readEvents(redis: Redis, keys: NamespaceKeys, problems: string[]) {
  const log = createEventLog(redis, keys)
  const events: BoxEvent[] = []
  for (let cursor: Sequence = SEQUENCE_START; ; ) {
    const page = await log.after(cursor, 2000)
    events.push(...page.events)
    for (const { seq, problem } of page.problems) problems.push(`${seq}: ${problem}`)
    if (page.lost) problems.push(`the log has a gap after ${cursor}`)
    if (page.last === undefined) return events
    cursor = page.last
  }
}

export function eventsOf<T extends EventType>(
  { events }: Pick<History, 'events'>,
  type: T,
): EventOf<T>[] {
  return events.filter((it) => it.type === type) as EventOf<T>[]
}
