'use client'

import { memo } from 'react'
import type { Knowledge } from '@/lib/view/knowledge'
import type { Track } from '@/lib/view/track'
import type { BoardRow } from './board-rows'
import type { Density } from './board-url'
import { GroupHeader } from './group-header'
import { LampLine } from './lamp-line'
import { TileRow } from './tile-row'

interface BoardLineProps {
  row: BoardRow
  index: number
  /** From the top of the board, and height, px. */
  start: number
  size: number
  gap: number
  columns: number
  tileWidth: number
  inset: number
  density: Density
  knowledge: Knowledge
  selection: ReadonlySet<string>
  openId: string | undefined
  /** The tab stop, where that is in this line. */
  tabStop: string | undefined
  track: Track | undefined
}

/** One line of the board, placed by hand. While the board scrolls, lines that stay in sight are not touched. */
export const BoardLine = memo(function BoardLine(props: BoardLineProps) {
  const { row, index, start, size, gap, columns, tileWidth, inset, density, track, ...rest } = props
  if (row.kind === 'header')
    return (
      // biome-ignore lint/a11y/useSemanticElements: lines are placed by hand, which a table cannot
      // biome-ignore lint/a11y/useFocusableInteractive: a header of a group does nothing
      <div
        role="row"
        aria-rowindex={index + 1}
        className="absolute inset-x-0 flex items-end pb-1.5"
        style={{ top: start, height: size }}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
        <div role="rowheader" className="min-w-0 flex-1">
          <GroupHeader group={row.group} track={track} />
        </div>
      </div>
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    // biome-ignore lint/a11y/useFocusableInteractive: its tiles take the focus
    <div
      role="row"
      aria-rowindex={index + 1}
      className="absolute inset-x-0 grid contain-layout"
      style={{
        top: start,
        height: size - gap,
        gap,
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
      }}
    >
      {density === 'lamp' ? (
        <LampLine ids={row.ids} {...rest} />
      ) : (
        <TileRow
          ids={row.ids}
          {...rest}
          compact={density === 'compact'}
          labelled={row.labelled}
          gap={gap}
          tileWidth={tileWidth}
          inset={inset}
        />
      )}
    </div>
  )
})
