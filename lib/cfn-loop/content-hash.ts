import { hash } from 'node:crypto'
import type { JsonText } from './signal-input'

/** What makes two signals of one sender the same. */
export interface SignalContent {
  readonly targets: readonly string[]
  readonly type: string
  readonly iteration: number
  readonly payload: JsonText
}

/** 43 characters that are the same for the same content, in whatever order targets and fields came. */
export function contentHash({ targets, type, iteration, payload }: SignalContent): string {
  const content = `${[...targets].sort().join(',')} ${type} ${iteration} ${sortedJson(payload.json)}`
  return hash('sha256', content, 'base64url')
}

function sortedJson(json: string): string {
  // Nothing to sort in what has no objects.
  return json.includes('{') ? JSON.stringify(sorted(JSON.parse(json))) : json
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  // Pairs, not an object: that would move keys that look like numbers.
  return { object: entries.map(([key, it]) => [key, sorted(it)]) }
}
