import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useState,
} from 'react'
import { nodeTowards } from '../ui/node-towards'

interface TileWalk {
  onFocus: (event: FocusEvent) => void
  onKeyDown: (event: KeyboardEvent) => void
}

/**
 * All breakers are one stop of the tab key, and the arrow keys go to the next one that way, over the
 * frames of their groups. Hundreds of stops would stand between the filter and what comes after them.
 */
export function useTileWalk(box: RefObject<HTMLElement | null>): TileWalk {
  const [walked, setWalked] = useState<string>()
  // After each render: breakers come and go, and some are shown on demand.
  useLayoutEffect(() => {
    const tiles = tilesIn(box.current)
    const stop = tiles.find((it) => nameOf(it) === walked) ?? tiles[0]
    for (const tile of tiles) tile.tabIndex = tile === stop ? 0 : -1
  })
  return {
    onFocus: ({ target }) => {
      const tile = tileOf(target)
      if (tile) setWalked(nameOf(tile))
    },
    onKeyDown: (event) => {
      const tile = tileOf(event.target)
      if (!tile || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      const tiles = tilesIn(box.current)
      const places = tiles.map((it) => {
        const { x, y, width, height } = it.getBoundingClientRect()
        return { id: nameOf(it), x: x + width / 2, y: y + height / 2 }
      })
      const to = nodeTowards(places, nameOf(tile), event.key)
      if (to === undefined) return
      event.preventDefault()
      tiles.find((it) => nameOf(it) === to)?.focus()
    },
  }
}

function tilesIn(box: HTMLElement | null): HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>('[data-breaker]') ?? [])]
}

function tileOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-breaker]') : null
}

function nameOf(tile: HTMLElement): string {
  return tile.dataset.breaker ?? ''
}
