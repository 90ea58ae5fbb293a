import { type AuditEntry, auditEntrySchema } from '../protocol/http'
import type { Sequence } from '../protocol/ids'
import { serverKeys } from '../redis/keys'
import { parseJsonText } from '../redis/records/parse-json-text'
import type { RedisLike } from '../redis/redis-like'

export const AUDIT_KEPT = 100_000
const FIELD = 'e'

/** An entry before it is written: its id and time are Redis' own. */
export type NewAuditEntry = Omit<AuditEntry, 'id' | 'at'>

const storedSchema = auditEntrySchema.omit({ id: true, at: true })

export interface AuditLog {
  readonly kept: number
  add(entry: NewAuditEntry): Promise<void>
  /** Newest first, those before `before` if given; `next` goes on with the older ones. */
  page(options: { before?: Sequence | undefined; limit: number }): Promise<AuditPage>
}

interface AuditPage {
  readonly entries: AuditEntry[]
  readonly next?: Sequence
}

export function auditText(entry: NewAuditEntry): string {
  return JSON.stringify(storedSchema.parse(entry))
}

export function createAuditLog(redis: RedisLike, kept = AUDIT_KEPT): AuditLog {
  return {
    kept,
    async add(entry) {
      await redis.xadd(serverKeys.audit, 'MAXLEN', '~', kept, '*', FIELD, auditText(entry))
    },
    async page({ before, limit }) {
      const end = before === undefined ? '+' : `(${before}`
      const stored = await redis.xrevrange(serverKeys.audit, end, '-', 'COUNT', limit)
      const last = stored.length === limit ? stored.at(-1)?.[0] : undefined
      return {
        entries: stored.flatMap(([id, fields]) => parseEntry(id, fields[1]) ?? []),
        ...(last === undefined ? {} : { next: last }),
      }
    },
  }
}

/** What cannot be read is left out: one bad entry must not hide all others. */
function parseEntry(id: string, text: string | undefined): AuditEntry | undefined {
  const stored = Object(parseJsonText(text ?? ''))
  return auditEntrySchema.safeParse({ ...stored, id, at: Number(id.split('-')[0]) }).data
}
