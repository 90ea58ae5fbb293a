'use client'

import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Knowledge } from '@/lib/view/knowledge'
import { tracksOf } from '@/lib/view/track'
import { useShortcut } from '../frame/shortcuts'
import { useCalmView } from '../live/calm-view'
import { openCoordinator } from '../ui/coordinator-href'
import { useLetterScale } from '../ui/use-letter-scale'
import { BoardLine } from './board-line'
import {
  type BoardRow,
  boardRows,
  columnsFor,
  type Direction,
  measureOf,
  placeOf,
  startsOf,
  stepFrom,
} from './board-rows'
import type { Density } from './board-url'
import { directionOf } from './direction-of'
import type { Group } from './group-coordinators'
import type { Selection } from './selection'
import { StripFills } from './strips'
import { useOpenInSight } from './use-open-in-sight'
import { useRowWindow } from './use-row-window'
import { useWidth } from './use-width'

interface BoardGridProps {
  groups: readonly Group[]
  density: Density
  /** What of the board is shown; with another one it begins at its top. */
  scope: string
  knowledge: Knowledge
  selection: Selection
  openId: string | undefined
  /** The tile that keys act on. */
  activeId: string | undefined
  onActive: (id: string) => void
  onPointer: (inside: boolean) => void
}

/** The tiles, of which only the lines in sight exist. One stop of the tab key, arrow keys inside. */
export function BoardGrid(props: BoardGridProps) {
  const { groups, density, scope, knowledge, selection, openId, activeId, onActive, onPointer } =
    props
  const scroller = useRef<HTMLDivElement>(null)
  const inner = useRef<HTMLDivElement>(null)
  const width = useWidth(inner)
  const scale = useLetterScale()
  const measure = useMemo(() => measureOf(density, scale), [density, scale])
  const columns = width === 0 ? 0 : columnsFor(measure, width)
  const rows = useMemo(() => (columns === 0 ? [] : boardRows(groups, columns)), [groups, columns])
  const tracks = useTracks()

  const starts = useMemo(() => startsOf(rows, measure, width), [rows, measure, width])
  const sight = useRowWindow(scroller, starts)
  const shown = rows.slice(sight.first, sight.end)
  const tabStop = tabStopOf(shown, sight.first, activeId)
  const [wantsFocus, setWantsFocus] = useState<string>()

  const goTo = (id: string | undefined) => {
    if (id === undefined) return
    const place = placeOf(rows, id)
    if (!place) return
    onActive(id)
    sight.scrollToRow(place.row)
    setWantsFocus(id)
  }
  // Another board begins at its top.
  // In braces: newer browsers answer with a promise, which React would take for a way to clean up.
  // biome-ignore lint/correctness/useExhaustiveDependencies: its own change is what it is about
  useEffect(() => {
    scroller.current?.scrollTo(0, 0)
  }, [scope])
  useOpenInSight(scroller, openId, { columns, rows, starts })

  // The line may have to be made first: its tile takes the focus once it is there.
  useEffect(() => {
    if (wantsFocus === undefined) return
    const tile = inner.current?.querySelector<HTMLElement>(
      `[data-tile="${CSS.escape(wantsFocus)}"]`,
    )
    if (!tile) return
    tile.focus({ preventScroll: true })
    setWantsFocus(undefined)
  })

  const goFrom = (id: string | undefined, direction: Direction) => {
    const from = id === undefined ? undefined : placeOf(rows, id)
    goTo(stepFrom(rows, from, direction))
  }
  useShortcut('next', () => goFrom(activeId, 'right'))
  useShortcut('previous', () => goFrom(activeId, 'left'))
  useShortcut('open', () => (activeId === undefined ? false : openCoordinator(activeId)))
  useShortcut('select', () => (activeId === undefined ? false : selection.toggle(activeId)))

  const onKeyDown = (event: KeyboardEvent) => {
    const id = tileOf(event.target)
    if (id === undefined) return
    const direction = directionOf(event)
    if (direction) {
      event.preventDefault()
      goFrom(id, direction)
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      if (event.key === ' ') selection.toggle(id)
      else openCoordinator(id)
    } else if (event.key === 'a' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      selection.add(groups.flatMap((it) => it.ids))
    }
  }

  const onClick = (event: MouseEvent) => {
    const id = tileOf(event.target)
    // With a modifier a tile is the link that it looks like.
    if (id === undefined || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    onActive(id)
    if (event.shiftKey) selection.range(activeId ?? id, id, groups)
    else if (selection.ids.size > 0) selection.toggle(id)
    else openCoordinator(id)
  }

  const { gap } = measure
  const tileWidth = columns === 0 ? 0 : (width - gap * (columns - 1)) / columns
  return (
    <div
      ref={scroller}
      className="scrolls min-h-0 flex-1 px-4 pb-6 [overflow-anchor:none]"
      onPointerEnter={() => onPointer(true)}
      onPointerLeave={() => onPointer(false)}
    >
      {density === 'card' && <StripFills width={tileWidth - 2 * measure.inset} />}
      {/* biome-ignore lint/a11y/useSemanticElements: lines are placed by hand, which a table cannot */}
      <div
        ref={inner}
        role="grid"
        aria-label="Coordinators"
        aria-rowcount={rows.length}
        aria-multiselectable
        className="relative"
        style={{ height: starts.at(-1) }}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={(event) => {
          const id = tileOf(event.target)
          if (id !== undefined) onActive(id)
        }}
        onContextMenu={(event) => {
          const id = tileOf(event.target)
          if (id !== undefined) onActive(id)
        }}
      >
        {shown.map((row, at) => {
          const index = sight.first + at
          const start = starts[index] ?? 0
          const swarm = row.kind === 'header' && row.group.kind === 'swarm'
          return (
            <BoardLine
              key={row.key}
              row={row}
              index={index}
              start={start}
              size={(starts[index + 1] ?? start) - start}
              gap={gap}
              columns={columns}
              tileWidth={tileWidth}
              inset={measure.inset}
              density={density}
              knowledge={knowledge}
              selection={selection.ids}
              openId={openId}
              tabStop={index === tabStop?.row ? tabStop.id : undefined}
              track={swarm ? tracks.get(row.group.name) : undefined}
            />
          )
        })}
      </div>
    </div>
  )
}

function tileOf(target: EventTarget): string | undefined {
  return target instanceof Element
    ? target.closest<HTMLElement>('[data-tile]')?.dataset.tile
    : undefined
}

/** The tile with the tab key's stop: where one was, while that is in sight, else the first in sight. */
function tabStopOf(
  shown: readonly BoardRow[],
  firstRow: number,
  activeId: string | undefined,
): { id: string; row: number } | undefined {
  let first: { id: string; row: number } | undefined
  for (const [at, row] of shown.entries()) {
    if (row.kind !== 'tiles') continue
    if (activeId !== undefined && row.ids.includes(activeId))
      return { id: activeId, row: firstRow + at }
    const [id] = row.ids
    if (id !== undefined) first ??= { id, row: firstRow + at }
  }
  return first
}

/** Where every swarm stands. */
function useTracks() {
  const view = useCalmView()
  return useMemo(() => tracksOf(view), [view])
}
