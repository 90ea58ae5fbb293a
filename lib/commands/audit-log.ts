import { z } from 'zod'
import { type AuditEntry, auditEntrySchema } from '../protocol/http'
import type { Sequence } from '../protocol/ids'
import { serverKeys } from '../redis/keys'
import type { RedisLike } from '../redis/redis-like'

export const AUDIT_KEPT = 100_000
const FIELD = 'e'

/** An entry before it is written: its id and time are Redis' own. */
export type NewAuditEntry = Omit<AuditEntry, 'id' | 'at'>

const storedSchema = auditEntrySchema.omit({ id: true, at: true })

export interface AuditLog {
  readonly kept: number
  add(entry: NewAuditEntry): Promise<void>
  /** Newest first, those before `before` if given. */
  page(options: { before?: Sequence | undefined; limit: number }): Promise<AuditEntry[]>
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
      const entries = await redis.xrevrange(serverKeys.audit, end, '-', 'COUNT', limit)
      return entries.flatMap(([id, fields]) => parseEntry(id, fields[1]) ?? [])
    },
  }
}

/** What cannot be read is left out: one bad entry must not hide all others. */
function parseEntry(id: string, text: string | undefined): AuditEntry | undefined {
  try {
    const stored: unknown = JSON.parse(text ?? '')
    const entry = z.object({}).loose().parse(stored)
    return auditEntrySchema.parse({ ...entry, id, at: Number(id.split('-')[0]) })
  } catch {
    return undefined
  }
}
