import { useSyncExternalStore } from 'react'
import { emptyView, type View } from '@/lib/view/view'
import { pagePast } from './past-store'
import { shownView, subscribeShown } from './shown-board'

/** Boards up to this size are judged with every change, larger ones at a calmer pace. */
const SMALL = 1_000
const PAUSE_MS = 1_000

const NOTHING = emptyView('')
const listeners = new Set<() => void>()
let calm: View = NOTHING
let takenAt = 0
let wasPast = false
let timer: ReturnType<typeof setTimeout> | undefined
let stop: (() => void) | undefined

function take(): void {
  clearTimeout(timer)
  timer = undefined
  const view = shownView()
  if (view === calm) return
  calm = view
  wasPast = pagePast().getPoint() !== undefined
  takenAt = performance.now()
  for (const listener of [...listeners]) listener()
}

function onChange(): void {
  const size = shownView().coordinators.size
  const rest = PAUSE_MS - (performance.now() - takenAt)
  // A board that has just come, or gone, is no ripple; the past comes as it is asked for.
  const isPast = pagePast().getPoint() !== undefined
  if (size <= SMALL || calm.coordinators.size <= SMALL || rest <= 0 || isPast !== wasPast) take()
  else timer ??= setTimeout(take, rest)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  stop ??= subscribeShown(onChange)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    stop?.()
    stop = undefined
    clearTimeout(timer)
    timer = undefined
  }
}

function read(): View {
  // Nobody listened for a while: what was calm is only old.
  if (stop === undefined) calm = shownView()
  return calm
}

/**
 * The board for whoever looks at all of it: small ones as they change, large ones once a second.
 * To go over ten thousand coordinators at every event would leave no time to scroll.
 */
export function useCalmView(): View {
  return useSyncExternalStore(subscribe, read, () => NOTHING)
}
