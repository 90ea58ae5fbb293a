import type { Direction } from './board-rows'

const KEYS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
  PageUp: 'page-up',
  PageDown: 'page-down',
}

interface KeyPressed {
  key: string
  metaKey: boolean
  ctrlKey: boolean
  altKey: boolean
}

/** Where a key moves to inside the grid, if it does. */
export function directionOf({ key, metaKey, ctrlKey, altKey }: KeyPressed): Direction | undefined {
  return metaKey || ctrlKey || altKey ? undefined : KEYS[key]
}
