import type { Density } from './board-url'
import type { Group } from './group-coordinators'

/** What one line of the board holds: a group's header, or tiles side by side. */
export type BoardRow =
  | { readonly kind: 'header'; readonly key: string; readonly group: Group }
  | {
      readonly kind: 'tiles'
      readonly key: string
      readonly ids: readonly string[]
      /** The header says sample or load for all of them. */
      readonly labelled: boolean
    }

/** All in px at the usual size of letters, which is 16 px. */
interface Measure {
  /** The narrowest a tile gets. */
  tile: number
  gap: number
  /** Height of a line of tiles, with the gap under it. */
  row: number
}

const MEASURES: Record<Density, Measure> = {
  card: { tile: 180, gap: 8, row: 80 },
  compact: { tile: 160, gap: 6, row: 36 },
  lamp: { tile: 16, gap: 4, row: 20 },
}
const HEADER_HEIGHT = 40
/** A swarm's track goes under its name where both do not fit side by side. */
const NARROW_HEADER_HEIGHT = 64
const NARROW_BOARD = 576
const BORDER = 1
const PADDING = 10
/** Room between the end of a group and the next header. */
const GROUP_GAP = 12

/** How lines are laid out at a density and size of letters, px. */
export interface BoardMeasure extends Measure {
  header: number
  narrowHeader: number
  groupGap: number
  narrowBoard: number
  /** Between a tile's edge and what is in it: its border and padding. */
  inset: number
}

/** @param scale size of letters, 1 is 16 px */
export function measureOf(density: Density, scale: number): BoardMeasure {
  const { tile, gap, row } = MEASURES[density]
  const px = (value: number) => Math.round(value * scale)
  return {
    tile: px(tile),
    gap: px(gap),
    row: px(row),
    header: px(HEADER_HEIGHT),
    narrowHeader: px(NARROW_HEADER_HEIGHT),
    groupGap: px(GROUP_GAP),
    narrowBoard: px(NARROW_BOARD),
    inset: BORDER + px(PADDING),
  }
}

export function columnsFor({ tile, gap }: Measure, width: number): number {
  return Math.max(1, Math.floor((width + gap) / (tile + gap)))
}

export function boardRows(groups: readonly Group[], columns: number): BoardRow[] {
  return groups.flatMap((group) => [
    { kind: 'header', key: group.key, group },
    ...tileRows(group, columns),
  ])
}

type TileRows = readonly Extract<BoardRow, { kind: 'tiles' }>[]

// A group whose figures change keeps its tiles: their lines are then the very same ones as before, and
// nothing of them is rendered.
const known = new WeakMap<
  readonly string[],
  { rows: TileRows; columns: number; labelled: boolean; key: string }
>()

function tileRows({ ids, key, label }: Group, columns: number): TileRows {
  const labelled = label !== undefined
  const before = known.get(ids)
  if (before?.columns === columns && before.labelled === labelled && before.key === key)
    return before.rows
  const rows = Array.from({ length: Math.ceil(ids.length / columns) }, (_, line) => ({
    kind: 'tiles' as const,
    key: `${key}/${line * columns}`,
    ids: ids.slice(line * columns, (line + 1) * columns),
    labelled,
  }))
  known.set(ids, { rows, columns, labelled, key })
  return rows
}

export function heightOf(
  row: BoardRow,
  index: number,
  measure: BoardMeasure,
  width: number,
): number {
  if (row.kind === 'tiles') return measure.row
  const narrow = width < measure.narrowBoard && row.group.kind === 'swarm'
  return (narrow ? measure.narrowHeader : measure.header) + (index === 0 ? 0 : measure.groupGap)
}

/** Where each row begins, px, and at the end where the last one ends. */
export function startsOf(
  rows: readonly BoardRow[],
  measure: BoardMeasure,
  width: number,
): number[] {
  let end = 0
  const starts = [end]
  rows.forEach((row, index) => {
    end += heightOf(row, index, measure, width)
    starts.push(end)
  })
  return starts
}

export interface Place {
  row: number
  column: number
}

/**
 * Where a tile stands. Looked for, not kept: a list of all ten thousand would be made anew with each
 * change of the board, and is asked for one of them when a key is pressed.
 */
export function placeOf(rows: readonly BoardRow[], id: string): Place | undefined {
  for (const [row, line] of rows.entries()) {
    if (line.kind !== 'tiles') continue
    const column = line.ids.indexOf(id)
    if (column >= 0) return { row, column }
  }
  return undefined
}

export type Direction =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'first'
  | 'last'
  | 'page-up'
  | 'page-down'

const PAGE_ROWS = 8

/** The tile that one comes to from another; itself at the edge, the first one from nowhere. */
export function stepFrom(
  rows: readonly BoardRow[],
  from: Place | undefined,
  direction: Direction,
): string | undefined {
  const lines = rows.flatMap((row, index) =>
    row.kind === 'tiles' ? [{ index, ids: row.ids }] : [],
  )
  const first = lines[0]?.ids[0]
  const last = lines.at(-1)?.ids.at(-1)
  if (direction === 'first' || from === undefined) return first
  if (direction === 'last') return last
  const at = lines.findIndex((it) => it.index === from.row)
  const line = lines[at]
  if (line === undefined) return first
  const here = line.ids[from.column]
  switch (direction) {
    case 'left':
      return line.ids[from.column - 1] ?? lines[at - 1]?.ids.at(-1) ?? here
    case 'right':
      return line.ids[from.column + 1] ?? lines[at + 1]?.ids[0] ?? here
    default: {
      const by = { up: -1, down: 1, 'page-up': -PAGE_ROWS, 'page-down': PAGE_ROWS }[direction]
      const to = lines[Math.max(0, Math.min(lines.length - 1, at + by))]
      return to?.ids[Math.min(from.column, to.ids.length - 1)] ?? here
    }
  }
}
