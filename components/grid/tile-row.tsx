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
import { Strips, writeStrip } from './strips'
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
  const strips = useRef<SVGSVGElement>(null)

  const paint = (now: number) => {
    tiles.forEach((tile, index) => {
      if (!tile) return
      const age = box.current?.children[index]?.querySelector('[data-age]')
      const text = ageText(tile.coordinator, tile.status, now)
      if (age && age.textContent !== text) age.textContent = text
      const strip = strips.current?.children[index]
      if (strip) writeStrip(strip, tile, tileWidth - 2 * inset, now, knowledge)
    })
  }
  const latest = useRef(paint)
  // Before the browser paints: a tile is never seen without its age.
  useLayoutEffect(() => {
    latest.current = paint
    paint(shownNow())
  })
  useEffect(() => {
    const again = () => latest.current(shownNow())
    const stops = [onEachSecond(again), pagePast().subscribe(again), onTimeStyle(again)]
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
        <Strips
          ref={strips}
          statuses={tiles.map((it) => it?.status)}
          step={tileWidth + gap}
          left={inset}
        />
      )}
    </div>
  )
})
