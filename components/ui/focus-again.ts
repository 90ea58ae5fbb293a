/**
 * Gives the focus back to what had it. Is that gone by now, the room takes it: from there the tab key
 * reaches all that is in it, where the page's own body would begin again at the top.
 */
export function focusAgain(before: Element | null): void {
  const there = before && openerOf(before)
  if (there instanceof HTMLElement && there.isConnected) there.focus({ preventScroll: true })
  if (there !== document.body && document.activeElement === document.body)
    document.getElementById('room')?.focus({ preventScroll: true })
}

/** The items of a menu go with it; the button that opened it stays. */
function openerOf(element: Element): Element | null {
  const menu = element.closest('[role="menu"]')
  return menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : element
}
