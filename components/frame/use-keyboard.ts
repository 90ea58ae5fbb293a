import { useEffect } from 'react'
import { matchKeys } from './match-keys'
import { runShortcut } from './shortcuts'

/** After this pause a `g` is just a `g`. */
const SEQUENCE_MS = 1_200

/** Listens to the keyboard for the whole page. Mounted once, by the frame. */
export function useKeyboard(): void {
  useEffect(() => {
    let pending: readonly string[] = []
    let since = 0
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      if (event.timeStamp - since > SEQUENCE_MS) pending = []
      const target = event.target instanceof Element ? event.target : null
      // Out of a field first; the next one closes what it stands in.
      if (event.key === 'Escape' && isField(target) && !isInWindow(target)) target.blur()
      const match = matchKeys(
        {
          key: event.key,
          mod: event.metaKey || event.ctrlKey,
          alt: event.altKey,
          busy: isTyping(target) || isInWindow(target),
        },
        pending,
      )
      pending = match.pending
      since = event.timeStamp
      if (!match.binding) return
      // Enter and space belong to the control that has the focus.
      if (match.binding.action === 'open' && target?.closest('a,button,[role="button"],summary'))
        return
      if (runShortcut(match.binding.action)) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

function isField(target: Element | null): target is HTMLElement {
  return target instanceof HTMLElement && target.matches('input,textarea')
}

function isTyping(target: Element | null): boolean {
  return (
    target !== null &&
    (target.closest('input,textarea,select,[contenteditable="true"]') !== null ||
      target.closest('[role="listbox"],[role="menu"]') !== null)
  )
}

/** Under a window of its own, keys mean what the window says. */
function isInWindow(target: Element | null): boolean {
  return target?.closest('[role="dialog"],[role="alertdialog"]') !== null && target !== null
}
