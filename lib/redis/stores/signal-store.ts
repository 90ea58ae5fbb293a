import type { NamespaceKeys } from '../keys'
import { parseSignalRecord, type SignalRecord } from '../records/signal-record'
import type { RedisLike } from '../redis-like'
import { readHashes } from './read-hashes'

type OnProblem = (signalId: string, problem: string) => void

export interface SignalPage {
  /** Newest first. */
  readonly records: SignalRecord[]
  /** Where to go on; undefined at the end. */
  readonly next: string | undefined
}

export interface SignalStore {
  /** In the order of the ids; those without a record are left out. */
  read(signalIds: readonly string[]): Promise<SignalRecord[]>
  /** Those that `holds` says, newest first, from `cursor` on, at most `limit` among the next `scan`. */
  page(options: {
    cursor?: string | undefined
    limit: number
    scan: number
    holds: (record: SignalRecord) => boolean
  }): Promise<SignalPage>
}

const BATCH = 200

/** Signals as they are kept, with their ACKs, unchecked. Malformed ones are told and left out. */
export function createSignalStore(
  redis: RedisLike,
  keys: NamespaceKeys,
  onProblem: OnProblem = () => {},
): SignalStore {
  async function read(ids: readonly string[]) {
    const hashes = await readHashes(redis, ids, keys.signalRecord, onProblem)
    return hashes.flatMap(({ id, hash }) => {
      const parsed = parseSignalRecord(hash)
      if (parsed.ok) return [parsed.record]
      onProblem(id, parsed.problem)
      return []
    })
  }

  return {
    read,
    async page({ cursor, limit, scan, holds }) {
      const records: SignalRecord[] = []
      let at = parseCursor(cursor)
      for (let looked = 0; looked < scan; looked += BATCH) {
        const entries = await indexPage(redis, keys.signals, at)
        const byId = new Map(
          (await read(entries.map((it) => it.id))).map((it) => [it.signal.signalId, it]),
        )
        for (const entry of entries) {
          at = entry
          const record = byId.get(entry.id)
          if (record && holds(record)) records.push(record)
          if (records.length === limit) return { records, next: cursorOf(at) }
        }
        if (entries.length < BATCH) return { records, next: undefined }
      }
      return { records, next: at && cursorOf(at) }
    },
  }
}

interface IndexEntry {
  readonly id: string
  readonly sentAt: number
}

/** The entries behind `at`, newest first; many may have been sent in the same millisecond. */
async function indexPage(redis: RedisLike, index: string, at: IndexEntry | undefined) {
  const found: IndexEntry[] = []
  const max = at ? String(at.sentAt) : '+inf'
  for (let offset = 0; found.length < BATCH; offset += BATCH) {
    const flat = await redis.zrevrangebyscore(
      index,
      max,
      '-inf',
      'WITHSCORES',
      'LIMIT',
      offset,
      BATCH,
    )
    for (let i = 0; i + 1 < flat.length; i += 2) {
      const entry = { id: flat[i] ?? '', sentAt: Number(flat[i + 1]) }
      const isBehind = !at || entry.sentAt < at.sentAt || entry.id < at.id
      if (isBehind && found.length < BATCH) found.push(entry)
    }
    if (flat.length < BATCH * 2) break
  }
  return found
}

const cursorOf = ({ sentAt, id }: IndexEntry) => `${sentAt}.${id}`

function parseCursor(cursor: string | undefined): IndexEntry | undefined {
  const match = /^(\d{1,16})\.(.+)$/.exec(cursor ?? '')
  return match?.[1] && match[2] ? { sentAt: Number(match[1]), id: match[2] } : undefined
}
