import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react'
import { focusAgain } from '../ui/focus-again'

interface EntryFocus {
  onFocus: (event: FocusEvent) => void
  /** To the entry before or after the one that has the focus; false where there is none. */
  step: (by: -1 | 1) => boolean
}

/**
 * The focus in a list of entries. One that is seen, put off or over goes, and its buttons with it: then
 * the one in its place has the focus, so that a queue is worked through without finding it again.
 */
export function useEntryFocus(box: RefObject<HTMLElement | null>): EntryFocus {
  const held = useRef<{ element: Element; index: number }>(undefined)
  useLayoutEffect(() => {
    const it = held.current
    if (!it || it.element.isConnected || document.activeElement !== document.body) return
    held.current = undefined
    const entries = entriesIn(box.current)
    focusAgain(titleOf(entries[Math.min(it.index, entries.length - 1)]))
  })
  return {
    onFocus: ({ target }) => {
      const index = indexOf(entriesIn(box.current), target)
      // In a menu of theirs, what opened it counts.
      if (index >= 0) held.current = { element: target, index }
    },
    step: (by) => {
      const entries = entriesIn(box.current)
      const at = indexOf(entries, document.activeElement)
      const to = at < 0 ? 0 : Math.max(0, Math.min(entries.length - 1, at + by))
      const title = titleOf(entries[to])
      title?.focus()
      return title !== null
    },
  }
}

function entriesIn(box: HTMLElement | null): HTMLElement[] {
  return [...(box?.querySelectorAll('article') ?? [])]
}

function titleOf(entry: HTMLElement | undefined): HTMLElement | null {
  return entry?.querySelector<HTMLElement>('a[href]') ?? null
}

function indexOf(entries: readonly HTMLElement[], element: Element | null): number {
  return entries.findIndex((it) => it.contains(element))
}
