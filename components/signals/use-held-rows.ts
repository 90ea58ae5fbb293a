import { useRef, useState } from 'react'
import type { SignalView } from '@/lib/protocol/signal'

export interface HeldRows {
  rows: readonly SignalView[]
  /** Signals that have come while the list was held. */
  waiting: number
  /** Lets them in. */
  release: () => void
  handlers: {
    onPointerEnter: () => void
    onPointerLeave: () => void
    onFocus: (event: { target: Element }) => void
    onBlur: (event: { currentTarget: Element; relatedTarget: EventTarget | null }) => void
    onScrollCapture: (event: { target: EventTarget }) => void
  }
}

/**
 * A list with the latest on top would move under the pointer with every signal. While somebody
 * points at it, walks it by keyboard or has scrolled down, what is shown keeps its place and only changes its state;
 * what is newer waits. `all` has the latest first.
 */
export function useHeldRows(all: readonly SignalView[]): HeldRows {
  /** Nothing sent after this is shown; undefined while the list moves freely. */
  const [until, setUntil] = useState<number>()
  const at = useRef({ pointed: false, walked: false, scrolled: false })
  const newest = all[0]?.timestamp
  const rows = until === undefined ? all : all.filter((it) => it.timestamp <= until)
  const judge = () => {
    const { pointed, walked, scrolled } = at.current
    if (!pointed && !walked && !scrolled) setUntil(undefined)
    else setUntil((held) => held ?? newest)
  }
  return {
    rows,
    waiting: all.length - rows.length,
    release: () => setUntil(at.current.pointed || at.current.walked ? newest : undefined),
    handlers: {
      onPointerEnter: () => {
        at.current.pointed = true
        judge()
      },
      onPointerLeave: () => {
        at.current.pointed = false
        judge()
      },
      onFocus: ({ target }) => {
        at.current.walked = target.matches(':focus-visible')
        judge()
      },
      onBlur: ({ currentTarget, relatedTarget }) => {
        if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return
        at.current.walked = false
        judge()
      },
      onScrollCapture: ({ target }) => {
        at.current.scrolled = target instanceof Element && target.scrollTop > 0
        judge()
      },
    },
  }
}
