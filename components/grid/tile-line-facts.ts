import type { View } from '@/lib/view/view'
import { sameFacts, type TileFacts, tileFacts } from './tile-facts'

/** The facts of a line of tiles, side by side. */
export type LineFacts = readonly TileFacts[]

export function lineFacts(view: View, ids: readonly string[]): LineFacts {
  return ids.map((id) => tileFacts(view, id))
}

export function sameLine(one: LineFacts, other: LineFacts): boolean {
  return (
    one.length === other.length &&
    one.every((it, index) => {
      const counterpart = other[index]
      return counterpart !== undefined && sameFacts(it, counterpart)
    })
  )
}
