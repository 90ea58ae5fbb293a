import { useSyncExternalStore } from 'react'

/** `system` follows the browser, also when it changes at dusk. */
export type Theme = 'system' | 'dark' | 'light'
export const THEMES: readonly Theme[] = ['system', 'dark', 'light']

// The same key that the script before the first paint reads.
const STORAGE_KEY = 'signalbox.theme'
const listeners = new Set<() => void>()

function read(): Theme {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return THEMES.find((it) => it === stored) ?? 'system'
  } catch {
    return 'system'
  }
}

export function setTheme(theme: Theme): void {
  try {
    localStorage.setItem(STORAGE_KEY, theme)
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
  const light = matchMedia('(prefers-color-scheme: light)').matches
  document.documentElement.dataset.theme = theme === 'system' ? (light ? 'light' : 'dark') : theme
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, read, () => 'system')
}

/** Calls back when the colours change, whoever changed them: for what is drawn on canvas. */
export function onColoursChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
