import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { type BoardState, boardStateOf, withBoardState } from './board-url'

/** The board's state in the address, and how to change it. Typing does not fill the history. */
export function useBoardUrl(): [
  BoardState,
  (change: Partial<BoardState>, how?: 'push' | 'replace') => void,
] {
  const search = useSearchParams()
  const state = useMemo(() => boardStateOf(search), [search])
  const change = useCallback((part: Partial<BoardState>, how: 'push' | 'replace' = 'push') => {
    const before = new URLSearchParams(window.location.search)
    const next = withBoardState(before, { ...boardStateOf(before), ...part }).toString()
    const url = window.location.pathname + (next === '' ? '' : `?${next}`)
    if (how === 'push') window.history.pushState(null, '', url)
    else window.history.replaceState(null, '', url)
  }, [])
  return [state, change]
}
