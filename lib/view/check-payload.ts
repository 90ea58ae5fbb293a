import { type Json, MAX_PAYLOAD_BYTES, MAX_PAYLOAD_DEPTH } from '../protocol/json'
import { findJsonError } from './find-json-error'

export type PayloadCheck =
  | {
      readonly ok: true
      readonly value: Json | undefined
      readonly bytes: number
      readonly depth: number
    }
  | { readonly ok: false; readonly error: string; readonly bytes?: number; readonly depth?: number }

/** Whether a text can be a signal's payload. No text is no payload. */
export function checkPayload(input: string): PayloadCheck {
  if (input.trim() === '') return { ok: true, value: undefined, bytes: 0, depth: 0 }
  let value: Json
  try {
    value = JSON.parse(input) as Json
  } catch {
    return { ok: false, error: whereItBreaks(input) }
  }
  const depth = depthOf(value)
  if (depth > MAX_PAYLOAD_DEPTH)
    return {
      ok: false,
      error: `It is ${depth} levels deep; ${MAX_PAYLOAD_DEPTH} are the most.`,
      depth,
    }
  const bytes = new TextEncoder().encode(JSON.stringify(value)).length
  if (bytes > MAX_PAYLOAD_BYTES)
    return {
      ok: false,
      error: `It has ${bytes.toLocaleString('en')} bytes; ${MAX_PAYLOAD_BYTES.toLocaleString('en')} are the most.`,
      bytes,
      depth,
    }
  return { ok: true, value, bytes, depth }
}

/** How deep arrays and objects are nested; a bare value is 0, `{}` is 1. */
function depthOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0
  // Deeper than the limit is all that matters, and a text can nest deeper than a stack.
  let level: Json[] = [value]
  let depth = 0
  while (level.length > 0) {
    depth++
    level = level.flatMap((it) =>
      typeof it === 'object' && it !== null
        ? (Array.isArray(it) ? it : Object.values(it)).filter(isNested)
        : [],
    )
  }
  return depth
}

function isNested(value: Json): boolean {
  return typeof value === 'object' && value !== null
}

function whereItBreaks(input: string): string {
  const offset = findJsonError(input)
  if (offset === undefined || offset >= input.length)
    return 'This is not JSON yet: it ends too early.'
  const before = input.slice(0, offset)
  const line = before.split('\n').length
  const column = before.length - before.lastIndexOf('\n')
  return `This is not JSON yet: something is wrong at line ${line}, column ${column}.`
}
