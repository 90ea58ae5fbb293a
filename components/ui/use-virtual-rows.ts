import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useRef } from 'react'
import { useRovingRows, withRow } from './use-roving-rows'

interface VirtualRowsOptions {
  scroller: RefObject<HTMLElement | null>
  count: number
  keyAt: (index: number) => string
  /** Of every row, px. */
  height: number
  /** Rows that exist beyond each edge of what is in sight. */
  overscan: number
  /** What lies over the rows in sight, such as a head that stays, px. */
  covered?: number
  /** A key goes to this row. */
  onStep?: (index: number) => void
}

/**
 * Rows of one height, of which only those in sight exist, and that are one stop of the tab key. `rows`
 * says which to render, each an element with its key as `data-row`, and where.
 */
export function useVirtualRows(options: VirtualRowsOptions) {
  const { scroller, count, keyAt, height, overscan, covered = 0, onStep } = options
  const active = useRef(-1)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan,
    getItemKey: keyAt,
    scrollPaddingEnd: covered,
    // The row with the focus stays, wherever one scrolls: else the focus would be lost with it.
    rangeExtractor: (range) => withRow(active.current, defaultRangeExtractor(range)),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: its own change is what it is about
  useEffect(() => {
    virtual.measure()
  }, [height])
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {}
  const roving = useRovingRows({
    box: scroller,
    count,
    keyAt,
    first: startIndex,
    page: Math.max(1, endIndex - startIndex - 1),
    scrollTo: (index) => {
      onStep?.(index)
      virtual.scrollToIndex(index)
    },
  })
  active.current = roving.activeIndex
  return {
    rows: virtual.getVirtualItems(),
    /** Of all rows together, px. */
    height: virtual.getTotalSize(),
    handlers: roving.handlers,
  }
}
