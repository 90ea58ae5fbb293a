import type { RefObject } from 'react'
import { useRovingRows } from './use-roving-rows'

/** Rows of a short list that its box shows at once, or nearly. */
const PAGE = 6

interface RovingListOptions {
  /** They stand side by side: left and right go from one to the next as well. */
  across?: boolean
}

/** `useRovingRows` for a list that is rendered whole: each of its rows, in order, has its key as `data-row`. */
export function useRovingList(
  box: RefObject<HTMLElement | null>,
  keys: readonly string[],
  { across = false }: RovingListOptions = {},
) {
  return useRovingRows({
    box,
    count: keys.length,
    keyAt: (index) => keys[index] ?? '',
    first: 0,
    page: PAGE,
    scrollTo: (index) =>
      box.current?.querySelectorAll('[data-row]')[index]?.scrollIntoView({ block: 'nearest' }),
    across,
  }).handlers
}
