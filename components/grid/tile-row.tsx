'use client'

import { memo, type PointerEvent, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { Knowledge } from '@/lib/view/knowledge'
import { statusOf } from '@/lib/view/status'
import type { View } from '@/lib/view/view'
import { pagePast } from '../live/past-store'
import { onEachSecond } from '../live/server-clock'
import { shownNow } from '../live/shown-board'
import { useView } from '../live/use-live'
import { onTimeStyle } from '../ui/time-style'
import { drawStrips, STRIP_HEIGHT } from './draw-strips'
import { onStripColours } from './strip-colours'
import { Tile } from './tile'
import { ageText, ageTitle } from './tile-age'
import { lineFacts, sameLine } from './tile-line-facts'

interface TileRowProps {
  ids: readonly string[]
  knowledge: Knowledge
  selection: ReadonlySet<string>
  openId: string | undefined
  /** The tab stop, where that is in this line. */
  tabStop: string | undefined
  compact: boolean
  labelled: boolean
  /** All px. */
  gap: number
  tileWidth: number
  /** Between a tile's edge and what is in it. */
  inset: number
}

/** Between a strip and the tile's lower edge, px. */
const BOTTOM = 8

/**
 * A line of tiles. What changes each second, which is their ages and their last beats, it writes by
 * itself: to render two hundred tiles anew for it would take the time that scrolling needs.
 */
export const TileRow = memo(function TileRow(props: TileRowProps) {
  const { ids, knowledge, selection, openId, tabStop, compact, labelled, gap, tileWidth, inset } =
    props
  const facts = useView(
    useCallback((view: View) => lineFacts(view, ids), [ids]),
    sameLine,
  )
  const tiles = facts.map(({ coordinator, ...rest }) =>
    coordinator ? { coordinator, ...rest, status: statusOf(coordinator, knowledge) } : undefined,
  )
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)

  const paint = (now: number) => {
    tiles.forEach((tile, index) => {
      const age = box.current?.children[index]?.querySelector('[data-age]')
      if (!tile || !age) return
      const text = ageText(tile.coordinator, tile.status, now)
      if (age.textContent !== text) age.textContent = text
    })
    if (!canvas.current) return
    const strips = tiles.map(
      (tile) =>
        tile && {
          id: tile.coordinator.id,
          intervalMs: tile.coordinator.heartbeatIntervalMs,
          status: tile.status,
        },
    )
    const places = { step: tileWidth + gap, width: tileWidth - 2 * inset }
    drawStrips(canvas.current, strips, places, now)
  }
  const latest = useRef(paint)
  // Before the browser paints: a tile is never seen without its age.
  useLayoutEffect(() => {
    latest.current = paint
    paint(shownNow())
  })
  useEffect(() => {
    const again = () => latest.current(shownNow())
    const stops = [
      onEachSecond(again),
      pagePast().subscribe(again),
      onStripColours(again),
      onTimeStyle(again),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])

  const onPointerOver = (event: PointerEvent) => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('[data-age]')) return
    const id = event.target.closest<HTMLElement>('[data-tile]')?.dataset.tile
    const tile = tiles.find((it) => it?.coordinator.id === id)
    if (tile) event.target.title = ageTitle(tile.coordinator, tile.status)
  }

  return (
    <div ref={box} className="contents" onPointerOver={onPointerOver}>
      {tiles.map((tile, index) =>
        tile ? (
          <Tile
            key={tile.coordinator.id}
            coordinator={tile.coordinator}
            status={tile.status}
            pending={tile.pending}
            breaker={tile.breaker}
            selected={selection.has(tile.coordinator.id)}
            open={tile.coordinator.id === openId}
            isTabStop={tile.coordinator.id === tabStop}
            compact={compact}
            labelled={labelled}
          />
        ) : (
          <div key={ids[index]} aria-hidden className="h-full" />
        ),
      )}
      {!compact && (
        <canvas
          ref={canvas}
          aria-hidden
          className="pointer-events-none absolute"
          style={{ left: inset, bottom: BOTTOM, height: STRIP_HEIGHT }}
        />
      )}
    </div>
  )
})
