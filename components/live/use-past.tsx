'use client'

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import type { Sequence } from '@/lib/protocol/sequence'
import { behind } from './past-point'
import { pagePast } from './past-store'

const Context = createContext(false)

/** What is inside is of now, whatever moment the board is at: the connection, the settings. */
export function Present({ children }: { children: ReactNode }) {
  return <Context value={true}>{children}</Context>
}

const subscribe = (listener: () => void) => pagePast().subscribe(listener)
const live = () => undefined

/** The time that the board stands at while it shows the past, ms; undefined while it is live. */
export function usePastTime(): number | undefined {
  const isPresent = useContext(Context)
  const time = useSyncExternalStore(subscribe, () => pagePast().getTime(), live)
  return isPresent ? undefined : time
}

/** Whether the board shows the past, where nothing can be done. */
export function useIsPast(): boolean {
  return usePastTime() !== undefined
}

/** The first sequence that the shown moment does not hold any more; undefined while the board is live. */
export function usePastEnd(): Sequence | undefined {
  const isPresent = useContext(Context)
  const point = useSyncExternalStore(subscribe, () => pagePast().getPoint(), live)
  return isPresent || point === undefined ? undefined : behind(point)
}

/** The same for what is no component. */
export function isPast(): boolean {
  return pagePast().getPoint() !== undefined
}
