import { useEffect } from 'react'
import { matchKeys } from './match-keys'
import { runShortcut, type ShortcutAction } from './shortcuts'

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
      if (target && belongsToControl(match.binding.action, target)) return
      if (runShortcut(match.binding.action)) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

function isField(target: Element | null): target is HTMLElement {
  return target instanceof HTMLElement && target.matches('input,textarea')
}

/** Enter and space are the control's that has the focus, where it answers to them. */
function belongsToControl(action: ShortcutAction, target: Element): boolean {
  if (action === 'open') return target.closest('a,button,[role="button"],summary') !== null
  return action === 'play' && target.closest('button,[role="button"],summary') !== null
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
