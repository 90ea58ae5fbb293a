import { type RefObject, useEffect, useMemo, useReducer, useRef } from 'react'
import { rowsInSight } from './rows-in-sight'

export interface RowWindow {
  /** The rows to render: from the first up to, but without, the end. */
  readonly first: number
  readonly end: number
  /** Scrolls as little as it takes to see a row whole. */
  scrollToRow(index: number): void
}

/**
 * Which rows of a tall list are in sight, or nearly. Renders anew only when other rows come into
 * sight, not with every step of the wheel.
 *
 * @param starts where each row begins, px, ascending, and at the end where the last one ends
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  starts: readonly number[],
): RowWindow {
  const [, render] = useReducer((count: number) => count + 1, 0)
  const place = useRef({ top: 0, height: 0 })
  const shown = rowsInSight(starts, place.current.top, place.current.height)
  const latest = useRef({ starts, shown })
  useEffect(() => {
    latest.current = { starts, shown }
  })

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      const { starts, shown } = latest.current
      const { first, end } = rowsInSight(starts, place.current.top, place.current.height)
      if (first !== shown.first || end !== shown.end) render()
    }
    const onScroll = () => {
      place.current.top = element.scrollTop
      look()
    }
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      place.current.height = entry.contentRect.height
      onScroll()
    })
    element.addEventListener('scroll', onScroll, { passive: true })
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', onScroll)
      observer.disconnect()
    }
  }, [scroller])

  return useMemo(
    () => ({
      ...shown,
      scrollToRow(index) {
        const element = scroller.current
        const [from, to] = [starts[index], starts[index + 1]]
        if (!element || from === undefined || to === undefined) return
        const { top, height } = place.current
        if (from < top) element.scrollTop = from
        else if (to > top + height) element.scrollTop = to - height
      },
    }),
    [shown, scroller, starts],
  )
}
