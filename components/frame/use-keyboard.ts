import { useEffect } from 'react'
import { matchKeys } from './match-keys'
import { pressedKey } from './pressed-key'
import { runShortcut, type ShortcutAction } from './shortcuts'
import { singleKeys } from './single-keys'

/** After this pause a `g` is just a `g`. */
const SEQUENCE_MS = 1_200
/** What a key that is held down goes on doing. Of the rest, such as a change of colours, once is meant. */
const REPEATED = new Set<ShortcutAction>(['next', 'previous'])

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
          key: pressedKey(event),
          mod: event.metaKey || event.ctrlKey,
          alt: event.altKey,
          busy: isTyping(target) || isInWindow(target),
          quiet: !singleKeys(),
        },
        pending,
      )
      pending = match.pending
      since = event.timeStamp
      if (!match.binding) return
      if (event.repeat && !REPEATED.has(match.binding.action)) return
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
      // A closed list that has the focus chooses by its options' first letters.
      target.closest('[role="combobox"],[role="listbox"],[role="menu"]') !== null)
  )
}

/** Under a window of its own, keys mean what the window says. */
function isInWindow(target: Element | null): boolean {
  return target?.closest('[role="dialog"],[role="alertdialog"]') !== null && target !== null
}
