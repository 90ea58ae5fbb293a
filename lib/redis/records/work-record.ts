import { z } from 'zod'
import { type WorkItem, workItemSchema } from '../../protocol/http'
import type { ParsedRecord } from './coordinator-record'
import { parseJsonText } from './parse-json-text'

/** One field of `work:<id>`: `{ from?, storedAt, data }` as JSON text. */
export function parseWorkItem(workId: string, json: string): ParsedRecord<WorkItem> {
  const value = parseJsonText(json)
  const parsed = workItemSchema.safeParse(
    typeof value === 'object' && value !== null ? { ...value, workId } : value,
  )
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: z.prettifyError(parsed.error) }
}
