import { useSyncExternalStore } from 'react'

const USUAL_PX = 16

function read(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_PX || 1
}

function subscribe(changed: () => void) {
  window.addEventListener('resize', changed)
  return () => window.removeEventListener('resize', changed)
}

/** How large letters are on this screen; 1 is the usual. Walls and people with weak eyes have more. */
export function useLetterScale(): number {
  return useSyncExternalStore(subscribe, read, () => 1)
}
