import type { Status } from '../protocol/liveness'
import type { Sentence } from './sentence'

/** Root causes, worst first; entries of one kind stay in the order in which they began. */
export const ATTENTION_KINDS = [
  'redis-gone',
  'link-gone',
  'unwatched',
  'host-gone',
  'process-gone',
  'died-together',
  'dead',
  'failed-together',
  'failed',
  'deadlock',
  'breaker',
  'refused-acks',
  'exhausted',
  'owner-decision',
  'late-together',
  'stale',
  'expired',
  'fenced-writes',
  'grace',
] as const
export type AttentionKind = (typeof ATTENTION_KINDS)[number]

/** What an entry offers; the page turns it into a button. */
export type AttentionAction =
  | { readonly kind: 'escalate'; readonly coordinatorId: string }
  | { readonly kind: 'escalate-all'; readonly coordinatorIds: readonly string[] }
  | { readonly kind: 'open-coordinator'; readonly coordinatorId: string }
  | { readonly kind: 'show-coordinators'; readonly filter: string }
  | { readonly kind: 'show-cycle'; readonly cycle: string }
  | { readonly kind: 'show-breakers'; readonly name: string }
  | { readonly kind: 'decide'; readonly key: string }
  | { readonly kind: 'show-round'; readonly key: string }
  | { readonly kind: 'show-signals'; readonly coordinatorId: string }

/** Where the count of an entry stands in the rail, besides Attention itself. */
export type AttentionRoom = 'breakers' | 'waits' | 'consensus' | 'signals'

/** One root cause that somebody should know of. */
export interface AttentionEntry {
  /** The same as long as the same trouble lasts; marks refer to it. */
  readonly id: string
  readonly kind: AttentionKind
  /** The lamp that stands beside it. */
  readonly status: Status
  readonly title: string
  readonly sentence: Sentence
  readonly since: number
  /** When it last got worse, where that is not when it began: what somebody took up before is open again. */
  readonly latest?: number
  /** The stretch in which those whom it is about fell silent. What was taken up of a longer one, is of this. */
  readonly silence?: Silence
  /** Names of what it was a part of while more were in trouble: what was taken up of those, is of this. */
  readonly within?: readonly string[]
  readonly actions: readonly AttentionAction[]
  /** Everybody that it is about, for selecting them on the board. */
  readonly coordinators: readonly string[]
  readonly room?: AttentionRoom
  /** Somebody has seen it, or put it off. A mark made before it got worse is of an earlier trouble. */
  readonly handling: Handling
}

/** Of last beats, ms by the server's clock. */
export interface Silence {
  readonly first: number
  readonly last: number
}

export type Handling =
  | { readonly state: 'open' }
  | { readonly state: 'acknowledged'; readonly by: string; readonly at: number }
  | { readonly state: 'snoozed'; readonly by: string; readonly at: number; readonly until: number }

export type Finding = Omit<AttentionEntry, 'handling'>

/** The longest name that a mark can refer to. */
const LONGEST = 400

/** `kind:part,part…`, cut to what a mark can hold; a cut one ends in how many were left out. */
export function entryId(kind: AttentionKind, parts: readonly string[]): string {
  let name: string = kind
  for (const [index, part] of parts.entries()) {
    const next = `${name}${index === 0 ? ':' : ','}${part}`
    if (next.length > LONGEST - 12) return `${name}+${parts.length - index}`
    name = next
  }
  return name
}

const SILENCE = /^(?:died|late)-together:(\d+),(\d+)$/

/** The stretch that the name of an entry tells of, if it is one about many who fell silent together. */
export function silenceOf(id: string): Silence | undefined {
  const found = SILENCE.exec(id)
  return found === null ? undefined : { first: Number(found[1]), last: Number(found[2]) }
}

/** Whether what has this name is this trouble, or was, when more were in it. */
export function isAbout(id: string, { id: own, silence, within }: Finding): boolean {
  if (id === own || within?.includes(id)) return true
  const before = silenceOf(id)
  if (before === undefined || silence === undefined) return false
  return before.first <= silence.first && silence.last <= before.last
}
