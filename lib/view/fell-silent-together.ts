import type { CoordinatorView } from '../protocol/coordinator'

/**
 * Who beats at least every few seconds, and is gone from one moment on, was heard of last within so many of
 * the others who went with it, ms.
 */
const LINK_MS = 5_000
/** Fewer are a coincidence. */
export const TOGETHER_FROM = 3

/** Some whose last beats are near each other, in the order of those. */
export interface Together {
  readonly members: readonly CoordinatorView[]
  /** Of their last beats, ms by the server's clock. */
  readonly first: number
  readonly last: number
}

/**
 * Those who fell silent at one time, however they differ: each is in exactly one. A link is a short time between
 * two neighbours, so that who leaves can only cut a group in parts, and never puts two together.
 */
export function fellSilentTogether(coordinators: readonly CoordinatorView[]): Together[] {
  const inOrder = [...coordinators].sort(
    (a, b) => a.lastBeat - b.lastBeat || (a.id < b.id ? -1 : 1),
  )
  const groups: CoordinatorView[][] = []
  let before: number | undefined
  for (const it of inOrder) {
    const group = groups.at(-1)
    if (group === undefined || before === undefined || it.lastBeat - before > LINK_MS)
      groups.push([it])
    else group.push(it)
    before = it.lastBeat
  }
  return groups.map((members) => ({
    members,
    first: members[0]?.lastBeat ?? 0,
    last: members.at(-1)?.lastBeat ?? 0,
  }))
}
