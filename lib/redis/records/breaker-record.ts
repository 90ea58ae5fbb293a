import { z } from 'zod'
import { type BreakerView, breakerViewSchema } from '../../protocol/breaker'
import { parseJsonText } from './parse-json-text'

export type ParsedBreaker =
  | { readonly ok: true; readonly value: BreakerView }
  | { readonly ok: false; readonly problem: string }

/** Reads the hash of one breaker, as HGETALL gives it. A malformed one is a problem to log and skip. */
export function parseBreaker(hash: Readonly<Record<string, string>>): ParsedBreaker {
  const view = parseJsonText(hash.view ?? '')
  const parsed = breakerViewSchema.safeParse({
    ...(typeof view === 'object' ? view : {}),
    transitions: parseJsonText(hash.transitions ?? '[]'),
    ...(hash.forced === undefined ? {} : { forced: parseJsonText(hash.forced) }),
    seq: hash.ev,
  })
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: z.prettifyError(parsed.error) }
}
