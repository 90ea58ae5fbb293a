import { formatDuration, NO_BREAK } from './format-duration'

/**
 * A sentence for an operator in parts, so that ids can be links and times can show the exact one.
 * - `text` as it stands
 * - `strong` what the eye should catch
 * - `said` what somebody wrote, in whatever script
 * - `id` a coordinator
 * - `code` a name that is no coordinator: a signal's type, a work item, a phase
 * - `time` a span that was reckoned from `at`, ms by the server's clock
 */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'time'; readonly text: string; readonly at: number }

export type Sentence = readonly Part[]

export const text = (value: string): Part => ({ kind: 'text', text: value })
export const strong = (value: string): Part => ({ kind: 'strong', text: value })
export const said = (value: string): Part => ({ kind: 'said', text: value })
export const id = (value: string): Part => ({ kind: 'id', id: value })
export const code = (value: string): Part => ({ kind: 'code', text: value })

/** How long ago `at` was. */
export const sinceTime = (at: number, now: number): Part => ({
  kind: 'time',
  text: formatDuration(now - at),
  at,
})

/** How long it is until `at`, rounded up, so that 0 means now. */
export const untilTime = (at: number, now: number): Part => ({
  kind: 'time',
  text: formatDuration(Math.max(0, at - now) + 999),
  at,
})

/** `a`, `a and b`, `a, b and 3 more`. */
export function listOfIds(ids: readonly string[], shown = 3): Part[] {
  const named = ids.length > shown ? ids.slice(0, Math.max(1, shown - 1)) : ids
  const rest = ids.length - named.length
  const parts: Part[] = []
  named.forEach((name, index) => {
    if (index > 0) parts.push(text(index === named.length - 1 && rest === 0 ? ' and ' : ', '))
    parts.push(id(name))
  })
  if (rest > 0) parts.push(text(` and ${rest} more`))
  return parts
}

/** `1 signal`, `2 signals`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** The sentence as plain text, for screen readers, titles and tests. */
export function sentenceText(sentence: Sentence): string {
  const parts = sentence.map((part) => (part.kind === 'id' ? part.id : part.text))
  return parts.join('').replaceAll(NO_BREAK, ' ')
}
