// Without schemas, like the other files that say so: a page needs these before it needs any of them.

/** An entry id of the event stream, `milliseconds-counter`: the sequence that everything shown is ordered by. */
export type Sequence = string

/** Before the first event. */
export const SEQUENCE_START: Sequence = '0-0'

/** Negative when `a` came before `b`, zero when they are the same entry. */
export function compareSequences(a: Sequence, b: Sequence): number {
  const dashA = a.indexOf('-')
  const dashB = b.indexOf('-')
  return (
    Number(a.slice(0, dashA)) - Number(b.slice(0, dashB)) ||
    Number(a.slice(dashA + 1)) - Number(b.slice(dashB + 1))
  )
}
