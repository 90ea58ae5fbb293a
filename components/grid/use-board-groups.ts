import { useMemo, useRef } from 'react'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import { EVERYTHING, type Filter, parseFilter } from '@/lib/view/filter'
import type { Knowledge } from '@/lib/view/knowledge'
import { statusOf } from '@/lib/view/status'
import { useCalmView } from '../live/calm-view'
import type { BoardState } from './board-url'
import { byName, type Group, groupCoordinators } from './group-coordinators'
import { keepSame } from './keep-same-groups'

export interface BoardGroups {
  groups: readonly Group[]
  /** How many are shown, of how many. */
  shown: number
  total: number
  /** What is wrong with the filter; then the last good one holds. */
  error: string | undefined
}

/** The board as the address wants it. `held` keeps every tile where it is for as long. */
export function useBoardGroups(
  state: BoardState,
  knowledge: Knowledge,
  held: boolean,
): BoardGroups {
  const { coordinators } = useCalmView()

  const parsed = useMemo(() => parseFilter(state.filter), [state.filter])
  const goodFilter = useRef<Filter>(EVERYTHING)
  if (parsed.ok) goodFilter.current = parsed.filter
  const filter = goodFilter.current

  const names = useRef<readonly string[]>([])
  names.current = useMemo(() => sortedNames(names.current, coordinators), [coordinators])

  const { grouping, order } = state
  const wanted = useMemo(
    () =>
      groupCoordinators({
        coordinators: inOrder(names.current, coordinators),
        statusOf: (it) => statusOf(it, knowledge),
        filter,
        grouping,
        order,
      }),
    [coordinators, knowledge, filter, grouping, order],
  )
  // Under the pointer nothing moves; a change of mind of the person's own always counts.
  const wish = `${grouping} ${order} ${state.filter}`
  const steady = useRef<{ groups: readonly Group[]; wish: string }>({ groups: wanted, wish })
  const groups = keepSame(steady.current.groups, wanted)
  const moves = order === 'worst' || grouping !== 'swarm'
  if (!(held && moves && steady.current.wish === wish)) steady.current = { groups, wish }
  const shownGroups = steady.current.groups
  const shown = shownGroups.reduce((sum, it) => sum + it.ids.length, 0)
  return {
    groups: shownGroups,
    shown,
    total: coordinators.size,
    error: parsed.ok ? undefined : parsed.error,
  }
}

/** Sorting ten thousand names costs; they are the same ones most of the time. */
function sortedNames(
  before: readonly string[],
  coordinators: ReadonlyMap<string, CoordinatorView>,
): readonly string[] {
  if (before.length === coordinators.size && before.every((id) => coordinators.has(id)))
    return before
  return [...coordinators.keys()].sort(byName)
}

function* inOrder(names: readonly string[], coordinators: ReadonlyMap<string, CoordinatorView>) {
  for (const name of names) {
    const coordinator = coordinators.get(name)
    if (coordinator) yield coordinator
  }
}
