import type { CoordinatorView } from '../protocol/coordinator'
import { STATUSES, type Status } from '../protocol/liveness'
import { loopOfPhase } from './loop-of-phase'

/** The words that the filter box knows, with a line of help each. */
export const FILTER_WORDS = {
  swarm: 'a swarm by its name',
  status: STATUSES.join(', '),
  phase: 'part of the phase',
  loop: 'the number of the loop that the phase names',
  label: 'sample, load or none',
} as const
export type FilterWord = keyof typeof FILTER_WORDS

interface Term {
  readonly word: FilterWord | 'text'
  /** Any of these, lower case. */
  readonly values: readonly string[]
  readonly not: boolean
}

/** Terms that must all hold. */
export interface Filter {
  readonly terms: readonly Term[]
}

export const EVERYTHING: Filter = { terms: [] }

export type ParsedFilter =
  | { readonly ok: true; readonly filter: Filter }
  | {
      readonly ok: false
      readonly error: string
      /** Where in the text the trouble stands. */
      readonly at: number
      readonly length: number
    }

/**
 * `swarm:billing status:dead,stale -phase:"loop 3" reviewer`: words narrow, commas widen, a minus
 * turns a term round, free text is part of an id. The same word twice widens as well.
 */
export function parseFilter(input: string): ParsedFilter {
  const terms: Term[] = []
  for (const token of tokensOf(input)) {
    const { raw, at } = token
    const fail = (error: string): ParsedFilter => ({ ok: false, error, at, length: raw.length })
    if (token.unclosed) return fail('A quote is opened and not closed.')
    const not = raw.startsWith('-') && raw.length > 1
    const body = not ? raw.slice(1) : raw
    const colon = body.startsWith('"') ? -1 : body.indexOf(':')
    if (colon < 0) {
      terms.push({ word: 'text', values: [unquote(body).toLowerCase()], not })
      continue
    }
    const word = body.slice(0, colon).toLowerCase()
    if (!isFilterWord(word)) return fail(unknownWord(body.slice(0, colon)))
    const values = splitValues(body.slice(colon + 1)).map((it) => it.toLowerCase())
    // `status:` alone is somebody still typing: it narrows nothing.
    if (values.length === 0) continue
    const wrong = wrongValue(word, values)
    if (wrong !== undefined) return fail(wrong)
    const same = terms.findIndex((it) => it.word === word && it.not === not)
    const known = terms[same]
    if (known === undefined) terms.push({ word, values, not })
    else terms[same] = { ...known, values: [...known.values, ...values] }
  }
  return { ok: true, filter: { terms } }
}

/** Whether a coordinator passes; its status comes from `statusOf`. */
export function matchesFilter(
  filter: Filter,
  coordinator: CoordinatorView,
  status: Status,
): boolean {
  return filter.terms.every((term) => holds(term, coordinator, status) !== term.not)
}

/** A value as it has to be typed. */
export function quoteFilterValue(value: string): string {
  return /[\s",]/.test(value) ? `"${value.replaceAll('"', '')}"` : value
}

function holds({ word, values }: Term, coordinator: CoordinatorView, status: Status): boolean {
  switch (word) {
    case 'swarm':
      return values.includes(coordinator.swarmId.toLowerCase())
    case 'status':
      return values.includes(status)
    case 'phase':
      return values.some((it) => coordinator.phase?.toLowerCase().includes(it) ?? false)
    case 'loop':
      return values.includes(String(loopOfPhase(coordinator.phase) ?? 'none'))
    case 'label':
      return values.includes(coordinator.label ?? 'none')
    case 'text':
      return values.some((it) => coordinator.id.toLowerCase().includes(it))
  }
}

function wrongValue(word: FilterWord, values: readonly string[]): string | undefined {
  const known: readonly string[] | undefined =
    word === 'status' ? STATUSES : word === 'label' ? ['sample', 'load', 'none'] : undefined
  const wrong = known === undefined ? undefined : values.find((it) => !known.includes(it))
  if (wrong !== undefined && known !== undefined)
    return `“${wrong}” is no ${word}. It can be ${orList(known)}.`
  const number = word === 'loop' ? values.find((it) => !/^(\d{1,2}|none)$/.test(it)) : undefined
  return number === undefined ? undefined : `“${number}” is no loop. It is a number, such as 3.`
}

function unknownWord(word: string): string {
  return `The filter does not know “${word}:”. It knows ${orList(Object.keys(FILTER_WORDS)).replace(' or ', ' and ')}.`
}

function orList(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`
}

function isFilterWord(word: string): word is FilterWord {
  return Object.hasOwn(FILTER_WORDS, word)
}

/** Split at white space outside quotes. */
function tokensOf(input: string): { raw: string; at: number; unclosed: boolean }[] {
  const tokens: { raw: string; at: number; unclosed: boolean }[] = []
  for (const match of input.matchAll(/(?:"[^"]*"?|[^\s"])+/g)) {
    const raw = match[0]
    tokens.push({ raw, at: match.index, unclosed: (raw.match(/"/g)?.length ?? 0) % 2 === 1 })
  }
  return tokens
}

function splitValues(list: string): string[] {
  return (list.match(/(?:"[^"]*"|[^,"])+/g) ?? []).map((it) => unquote(it.trim())).filter(Boolean)
}

function unquote(value: string): string {
  return value.replaceAll('"', '')
}
