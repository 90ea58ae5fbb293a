'use client'

import { memo, useEffect, useRef } from 'react'
import type { Status } from '@/lib/protocol/liveness'
import { lastBeatOf, stripOf, useServerNow } from '../live/use-live'
import { beatSlots } from './beat-slots'
import { onStripColours, stripColours } from './strip-colours'

const HEIGHT = 14
const GAP_PART = 0.3
const DASH = 1.5

interface BeatStripProps {
  id: string
  intervalMs: number
  status: Status
  /** px; all tiles of a board share one, so that none has to measure itself. */
  width: number
}

/** The last beats of a coordinator: each slot one heartbeat interval, drawn on canvas once a second. */
export const BeatStrip = memo(function BeatStrip({
  id,
  intervalMs,
  status,
  width,
}: BeatStripProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const now = useServerNow()
  useEffect(() => {
    const draw = () => {
      if (canvas.current) drawStrip(canvas.current, { id, intervalMs, status, width, now })
    }
    draw()
    return onStripColours(draw)
  }, [id, intervalMs, status, width, now])
  return <canvas ref={canvas} aria-hidden className="block w-full" style={{ height: HEIGHT }} />
})

interface Drawing extends BeatStripProps {
  now: number
}

const ENDED = new Set<Status>(['escalated', 'stopped', 'failed', 'unknown'])

function drawStrip(canvas: HTMLCanvasElement, { id, intervalMs, status, width, now }: Drawing) {
  const context = canvas.getContext('2d')
  if (!context || now === 0 || width <= 0) return
  const scale = window.devicePixelRatio || 1
  const [pixelWidth, pixelHeight] = [Math.round(width * scale), Math.round(HEIGHT * scale)]
  if (canvas.width !== pixelWidth) canvas.width = pixelWidth
  if (canvas.height !== pixelHeight) canvas.height = pixelHeight
  const colours = stripColours()
  const beat =
    status === 'dead' || ENDED.has(status)
      ? colours.off
      : status === 'blocked'
        ? colours.blocked
        : colours.active
  const last = lastBeatOf(id)
  const silent = last === undefined ? 0 : status === 'unknown' ? 0 : now - last
  const slots = beatSlots(stripOf(id), intervalMs, silent)
  const step = pixelWidth / slots.length
  const bar = Math.max(1, Math.floor(step * (1 - GAP_PART)))
  context.clearRect(0, 0, pixelWidth, pixelHeight)
  slots.forEach((part, index) => {
    const x = Math.round(index * step)
    if (part === null || part === 0) {
      context.globalAlpha = part === null ? 0.45 : 1
      context.fillStyle = colours.dash
      const height = Math.max(1, Math.round(DASH * scale))
      context.fillRect(x, pixelHeight - height, bar, height)
      return
    }
    // The past fades: the eye goes to what is new.
    context.globalAlpha = 0.38 + 0.62 * (index / (slots.length - 1)) ** 1.4
    context.fillStyle = beat
    const height = Math.round(pixelHeight * part)
    context.fillRect(x, pixelHeight - height, bar, height)
  })
  context.globalAlpha = 1
}
