import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { Status } from '@/lib/protocol/liveness'
import { type Filter, matchesFilter } from '@/lib/view/filter'
import { loopOfPhase } from '@/lib/view/loop-of-phase'
import { STATUS_RANK } from '@/lib/view/status'
import type { Grouping, Order } from './board-url'

/** Tiles that stand together under one header. */
export interface Group {
  readonly key: string
  readonly kind: Grouping
  /** A swarm's name, a loop's number (`''` for none), or a status. */
  readonly name: string
  readonly ids: readonly string[]
  /** How many there are of each status. */
  readonly counts: Readonly<Partial<Record<Status, number>>>
  readonly label?: CoordinatorView['label']
}

const names = new Intl.Collator('en', { numeric: true })
/** `impl-2` before `impl-10`. */
export const byName = (one: string, other: string): number => names.compare(one, other)

interface Grouped {
  name: string
  /** In the order of names; where the worst comes first, a list for each rank. */
  lists: string[][]
  counts: Partial<Record<Status, number>>
  labels: Set<CoordinatorView['label']>
  worst: number
}

interface Wanted {
  /** In the order of names. */
  coordinators: Iterable<CoordinatorView>
  statusOf: (coordinator: CoordinatorView) => Status
  filter: Filter
  grouping: Grouping
  order: Order
}

/** The board in groups: by name, or the worst first, groups and tiles alike. */
export function groupCoordinators(wanted: Wanted): Group[] {
  const { grouping, order } = wanted
  const groups = new Map<string, Grouped>()
  for (const coordinator of wanted.coordinators) {
    const status = wanted.statusOf(coordinator)
    if (!matchesFilter(wanted.filter, coordinator, status)) continue
    const name = nameOf(grouping, coordinator, status)
    let group = groups.get(name)
    if (group === undefined) {
      group = { name, lists: [], counts: {}, labels: new Set(), worst: STATUS_RANK.stopped }
      groups.set(name, group)
    }
    const rank = STATUS_RANK[status]
    const list = order === 'worst' ? rank : 0
    const ids = group.lists[list]
    if (ids) ids.push(coordinator.id)
    else group.lists[list] = [coordinator.id]
    group.counts[status] = (group.counts[status] ?? 0) + 1
    group.labels.add(coordinator.label)
    group.worst = Math.min(group.worst, rank)
  }
  return [...groups.values()]
    .sort(
      (a, b) => (order === 'worst' ? a.worst - b.worst : 0) || inPlace(grouping, a.name, b.name),
    )
    .map(({ name, lists, counts, labels }) => {
      const [label] = labels
      return {
        key: `${grouping}:${name}`,
        kind: grouping,
        name,
        ids: lists.flat(),
        counts,
        ...(labels.size === 1 && label !== undefined ? { label } : {}),
      }
    })
}

function nameOf(grouping: Grouping, coordinator: CoordinatorView, status: Status): string {
  if (grouping === 'swarm') return coordinator.swarmId
  if (grouping === 'status') return status
  const loop = loopOfPhase(coordinator.phase)
  return loop === undefined ? '' : String(loop)
}

// Loops stand in the order in which a swarm goes through them: work, consensus, decision.
const LOOPS = ['3', '2', '4']

function inPlace(grouping: Grouping, one: string, other: string): number {
  if (grouping === 'status') return STATUS_RANK[one as Status] - STATUS_RANK[other as Status]
  if (grouping === 'loop') return placeOfLoop(one) - placeOfLoop(other) || byName(one, other)
  return byName(one, other)
}

function placeOfLoop(name: string): number {
  const place = LOOPS.indexOf(name)
  return place >= 0 ? place : name === '' ? LOOPS.length + 1 : LOOPS.length
}
