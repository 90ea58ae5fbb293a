import { onColoursChange } from '../frame/theme'

interface StripColours {
  active: string
  blocked: string
  off: string
  dash: string
}

let colours: StripColours | undefined
const listeners = new Set<() => void>()
let watching = false

/** The tokens that strips are drawn with, read once per theme: to ask the style sheet for each of hundreds is slow. */
export function stripColours(): StripColours {
  if (colours) return colours
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  colours = {
    active: token('--active'),
    blocked: token('--blocked'),
    off: token('--off'),
    dash: token('--edge'),
  }
  return colours
}

/** Calls back when strips have to be drawn in other colours. */
export function onStripColours(listener: () => void): () => void {
  if (!watching) {
    watching = true
    onColoursChange(() => {
      colours = undefined
      for (const it of [...listeners]) it()
    })
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
