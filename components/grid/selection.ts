import { useCallback, useMemo, useState } from 'react'
import type { Group } from './group-coordinators'

/** The tiles that a person has picked. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  toggle: (id: string) => void
  add: (ids: readonly string[]) => void
  /** Everything from one tile to another, in the order in which they stand. */
  range: (from: string, to: string, groups: readonly Group[]) => void
  clear: () => void
}

const NONE: ReadonlySet<string> = new Set()

export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(NONE)
  const add = useCallback((more: readonly string[]) => {
    setIds((before) => new Set([...before, ...more]))
  }, [])
  const toggle = useCallback((id: string) => {
    setIds((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }, [])
  const range = useCallback(
    (from: string, to: string, groups: readonly Group[]) => {
      const all = groups.flatMap((it) => it.ids)
      const [one, other] = [all.indexOf(from), all.indexOf(to)]
      if (one < 0 || other < 0) return
      add(all.slice(Math.min(one, other), Math.max(one, other) + 1))
    },
    [add],
  )
  const clear = useCallback(() => setIds(NONE), [])
  return useMemo(() => ({ ids, toggle, add, range, clear }), [ids, toggle, add, range, clear])
}
