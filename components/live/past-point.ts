import type { Sequence } from '@/lib/protocol/sequence'

/** A moment of the past, as an address holds it: a time with all that happened in it, or one event. */
export interface PastPoint {
  /** ms by the server's clock. */
  readonly at: number
  /** The last event that the moment holds; without it, all of `at`. */
  readonly seq?: Sequence
}

/** The part of an address that names the moment. */
export const PAST_PARAMETER = 'at'

/** Behind all entries of its millisecond. */
const LAST_OF_A_MILLISECOND = 9_999_999_999

const POINT = /^(\d{1,15})(-\d{1,10})?$/

/** `1764000000000`, or `1764000000000-3` for one event. Undefined for what is neither. */
export function pastPointOf(text: string | null): PastPoint | undefined {
  const found = text === null ? null : POINT.exec(text)
  if (found?.[1] === undefined) return undefined
  const at = Number(found[1])
  return found[2] === undefined ? { at } : { at, seq: found[0] }
}

export function pastPointText({ at, seq }: PastPoint): string {
  return seq ?? String(Math.round(at))
}

/** The moment of one event. */
export function pointOfEvent(seq: Sequence): PastPoint {
  return { at: Number(seq.slice(0, seq.indexOf('-'))), seq }
}

/** The last sequence that the moment may hold. */
export function untilOf({ at, seq }: PastPoint): Sequence {
  return seq ?? `${Math.round(at)}-${LAST_OF_A_MILLISECOND}`
}

/** The first sequence behind the moment. */
export function behind(point: PastPoint): Sequence {
  const until = untilOf(point)
  const dash = until.indexOf('-')
  return `${until.slice(0, dash)}-${Math.min(LAST_OF_A_MILLISECOND, Number(until.slice(dash + 1)) + 1)}`
}

export function isSamePoint(one: PastPoint | undefined, other: PastPoint | undefined): boolean {
  return one?.at === other?.at && one?.seq === other?.seq
}
