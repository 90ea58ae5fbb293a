import type { Group } from './group-coordinators'

/**
 * The new groups, but those that are as they were are the very same objects as before; all of them,
 * when nothing changed. Where only the figures changed, the list of ids is the same as before: what hangs
 * on it, which is every line of the board, need not be made anew.
 */
export function keepSame(before: readonly Group[], next: readonly Group[]): readonly Group[] {
  const known = new Map(before.map((it) => [it.key, it]))
  const kept = next.map((group) => {
    const was = known.get(group.key)
    if (was === undefined || !haveSameIds(was, group)) return group
    return isSame(was, group) ? was : { ...group, ids: was.ids }
  })
  return kept.length === before.length && kept.every((it, index) => it === before[index])
    ? before
    : kept
}

function haveSameIds(one: Group, other: Group): boolean {
  return (
    one.ids.length === other.ids.length && one.ids.every((id, index) => id === other.ids[index])
  )
}

/** Of groups with the same ids. */
function isSame(one: Group, other: Group): boolean {
  const counts = Object.entries(other.counts)
  return (
    one.label === other.label &&
    Object.keys(one.counts).length === counts.length &&
    counts.every(([status, count]) => Reflect.get(one.counts, status) === count)
  )
}
