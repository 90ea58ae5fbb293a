import { type RefObject, useLayoutEffect, useState } from 'react'
import { focusAgain } from './focus-again'
import { useKeptFocus } from './use-kept-focus'

/**
 * Where the keyboard is while a pane stands beside the room. A pane that covers the room takes the
 * focus, and nobody tabs to what lies under it. When it goes, the focus that was in it goes back to
 * where it was before, not to the top of the page; whoever is elsewhere by then stays there.
 */
export function usePaneFocus(pane: RefObject<HTMLElement | null>, covers: boolean): void {
  // Noted while rendering: once it is drawn, a field in it may have taken the focus.
  const [before] = useState(() => (typeof document === 'undefined' ? null : document.activeElement))

  useKeptFocus(pane)

  useLayoutEffect(() => {
    const element = pane.current
    if (!covers || !element) return
    const under = [...(element.parentElement?.children ?? [])].filter((it) => it !== element)
    for (const it of under) it.toggleAttribute('inert', true)
    if (!element.contains(document.activeElement)) element.focus({ preventScroll: true })
    return () => {
      for (const it of under) it.toggleAttribute('inert', false)
    }
  }, [pane, covers])

  useLayoutEffect(() => {
    const element = pane.current
    return () => {
      const now = document.activeElement
      const lost = now === null || now === document.body || element?.contains(now)
      if (lost) focusAgain(before)
    }
  }, [pane, before])
}
