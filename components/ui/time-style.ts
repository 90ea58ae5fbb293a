import { useSyncExternalStore } from 'react'

/** How times are written: as an age, or as the hour, in UTC or the reader's own zone. */
export type TimeStyle = 'relative' | 'utc' | 'local'
export const TIME_STYLES: readonly TimeStyle[] = ['relative', 'utc', 'local']

const STORAGE_KEY = 'signalbox.times'
const listeners = new Set<() => void>()
let style: TimeStyle | undefined

/** How times are written now. */
export const timeStyle = (): TimeStyle => read()

function read(): TimeStyle {
  if (style) return style
  let stored: string | null = null
  try {
    stored = localStorage.getItem(STORAGE_KEY)
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
  style = TIME_STYLES.find((it) => it === stored) ?? 'relative'
  return style
}

export function setTimeStyle(next: TimeStyle): void {
  style = next
  try {
    localStorage.setItem(STORAGE_KEY, next)
  } catch {
    // As above.
  }
  for (const listener of listeners) listener()
}

/** From an age to UTC, to local, and back to an age. */
export function toggleTimeStyle(): TimeStyle {
  const next = TIME_STYLES[(TIME_STYLES.indexOf(read()) + 1) % TIME_STYLES.length] ?? 'relative'
  setTimeStyle(next)
  return next
}

/** Calls back when times are written another way. Answers how to stop. */
export const onTimeStyle = (listener: () => void): (() => void) => subscribe(listener)

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function useTimeStyle(): TimeStyle {
  return useSyncExternalStore(subscribe, read, () => 'relative')
}
