import { useSyncExternalStore } from 'react'

const STORAGE_KEY = 'signalbox.keys'
const OFF = 'off'
const listeners = new Set<() => void>()
let on: boolean | undefined

/**
 * Whether a letter by itself does something. Who speaks to their machine turns it off: each word of
 * theirs is a row of letters.
 */
export function singleKeys(): boolean {
  if (on !== undefined) return on
  on = true
  try {
    on = localStorage.getItem(STORAGE_KEY) !== OFF
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
  return on
}

export function setSingleKeys(next: boolean): void {
  on = next
  try {
    if (next) localStorage.removeItem(STORAGE_KEY)
    else localStorage.setItem(STORAGE_KEY, OFF)
  } catch {
    // As above.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, singleKeys, () => true)
}
