import { storedChoice, useStoredChoice } from '../ui/stored-choice'

/** `system` follows the browser, also when it changes at dusk. */
export type Theme = 'system' | 'dark' | 'light'

// The same key that the script before the first paint reads; it also follows other tabs.
const choice = storedChoice<Theme>('signalbox.theme', ['system', 'dark', 'light'])

export function setTheme(theme: Theme): void {
  choice.set(theme)
  const light = matchMedia('(prefers-color-scheme: light)').matches
  document.documentElement.dataset.theme = theme === 'system' ? (light ? 'light' : 'dark') : theme
}

export const useTheme = (): Theme => useStoredChoice(choice)
