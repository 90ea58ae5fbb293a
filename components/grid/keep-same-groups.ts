import type { Group } from './group-coordinators'

/**
 * The new groups, but those that are as they were are the very same objects as before; all of them,
 * when nothing changed. What hangs on them, which is every line of the board, need not be made anew.
 */
export function keepSame(before: readonly Group[], next: readonly Group[]): readonly Group[] {
  const known = new Map(before.map((it) => [it.key, it]))
  const kept = next.map((group) => {
    const was = known.get(group.key)
    return was !== undefined && isSame(was, group) ? was : group
  })
  return kept.length === before.length && kept.every((it, index) => it === before[index])
    ? before
    : kept
}

function isSame(one: Group, other: Group): boolean {
  const counts = Object.entries(other.counts)
  return (
    one.label === other.label &&
    one.ids.length === other.ids.length &&
    one.ids.every((id, index) => id === other.ids[index]) &&
    Object.keys(one.counts).length === counts.length &&
    counts.every(([status, count]) => Reflect.get(one.counts, status) === count)
  )
}
