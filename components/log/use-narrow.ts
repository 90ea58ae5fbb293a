import { useSyncExternalStore } from 'react'

// The breakpoint `md` of the style sheet.
const QUERY = '(max-width: 51.99rem)'

function subscribe(changed: () => void) {
  const media = matchMedia(QUERY)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}

/** Whether the screen is a narrow one, such as a phone held upright. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(QUERY).matches,
    () => false,
  )
}
