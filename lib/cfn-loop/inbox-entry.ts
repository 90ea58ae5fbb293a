import { readSignal } from '../protocol/read-signal'
import type { Signal } from '../protocol/signal'
import { parseJsonText } from '../redis/records/parse-json-text'

/** One place in an inbox. */
export interface InboxEntry {
  /** Later ones are greater. */
  readonly entryId: string
  readonly signalId: string
  /** Who it was sent to: another, where the inbox' owner replaces it. */
  readonly target: string
  readonly signal: Signal
}

export interface InboxPage {
  readonly entries: InboxEntry[]
  /** All signals of the page, also those that were left out. */
  readonly signalIds: string[]
  /** The last entry of the page, '' where there was none. */
  readonly last: string
}

/**
 * Reads the answer of the script `read-inbox`. Left out is what cannot be read, and what `isKnown`.
 */
export function parseInboxAnswer(
  answer: readonly string[],
  isKnown: (signalId: string) => boolean = () => false,
): InboxPage {
  const entries: InboxEntry[] = []
  const signalIds: string[] = []
  let last = ''
  for (let at = 1; at + 3 < answer.length; at += 4) {
    const [entryId = '', signalId = '', target = '', json = ''] = answer.slice(at, at + 4)
    last = entryId
    signalIds.push(signalId)
    if (isKnown(signalId)) continue
    const signal = readSignal(parseJsonText(json))
    if (signal) entries.push({ entryId, signalId, target, signal })
  }
  return { entries, signalIds, last }
}
