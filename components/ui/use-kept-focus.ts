import { type RefObject, useLayoutEffect } from 'react'

/**
 * What has the focus can go under it: the button of what was just cancelled, the row of what was just
 * revoked. Then the box that it stood in takes the focus, which would otherwise be nowhere, and the tab
 * key goes on from there. The box needs a `tabIndex`.
 */
export function useKeptFocus(box: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    let last: EventTarget | null = null
    const onFocus = ({ target }: FocusEvent) => {
      last = target
    }
    const observer = new MutationObserver(() => {
      const lost = last instanceof Element && !last.isConnected
      if (!lost) return
      last = null
      if (document.activeElement === document.body) element.focus({ preventScroll: true })
    })
    element.addEventListener('focusin', onFocus)
    observer.observe(element, { childList: true, subtree: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('focusin', onFocus)
    }
  }, [box])
}
