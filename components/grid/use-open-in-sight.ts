import { type RefObject, useEffect, useRef } from 'react'
import { type BoardRow, placeOf } from './board-rows'

interface Layout {
  readonly columns: number
  readonly rows: readonly BoardRow[]
  /** Where each row begins, px, ascending, and at the end where the last one ends. */
  readonly starts: readonly number[]
}

interface Span {
  readonly from: number
  readonly to: number
}

/**
 * Brings the board to the tile whose drawer opens, once it is laid out: a link may lead to any of ten
 * thousand. The drawer takes room from the tiles, so one that was in sight is kept there while their
 * columns change. Whoever scrolls away from it stays away, and the focus stays where it is.
 */
export function useOpenInSight(
  scroller: RefObject<HTMLElement | null>,
  openId: string | undefined,
  { columns, rows, starts }: Layout,
): void {
  const last = useRef<{ openId?: string; columns: number; tile?: string; span?: Span }>({
    columns: 0,
  })
  useEffect(() => {
    const before = last.current
    // Once the drawer has closed, its tile is still where one looks.
    const tile = openId ?? before.tile
    const span = spanOf(tile, rows, starts)
    last.current = {
      columns,
      ...(openId !== undefined && { openId }),
      ...(tile !== undefined && { tile }),
      ...(span && { span }),
    }
    const element = scroller.current
    if (!element || !span || columns === 0) return
    const isNew = openId !== undefined && (openId !== before.openId || before.columns === 0)
    const wasSeen =
      before.tile === tile &&
      before.columns !== columns &&
      before.span !== undefined &&
      isSeen(before.span, element)
    if ((isNew && !isSeen(span, element)) || (wasSeen && !isSeenWhole(span, element))) {
      element.scrollTop = (span.from + span.to - element.clientHeight) / 2
    }
  })
}

function spanOf(
  tile: string | undefined,
  rows: Layout['rows'],
  starts: Layout['starts'],
): Span | undefined {
  const row = tile === undefined ? undefined : placeOf(rows, tile)?.row
  if (row === undefined) return undefined
  const [from, to] = [starts[row], starts[row + 1]]
  return from === undefined || to === undefined ? undefined : { from, to }
}

function isSeen({ from, to }: Span, { scrollTop, clientHeight }: HTMLElement): boolean {
  return to > scrollTop && from < scrollTop + clientHeight
}

function isSeenWhole({ from, to }: Span, { scrollTop, clientHeight }: HTMLElement): boolean {
  return from >= scrollTop && to <= scrollTop + clientHeight
}
