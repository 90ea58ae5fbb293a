import type { Status } from '@/lib/protocol/liveness'
import { lastBeatOf, stripOf } from '../live/use-live'
import { beatSlots } from './beat-slots'
import { stripColours } from './strip-colours'

/** px */
export const STRIP_HEIGHT = 14
const GAP_PART = 0.3
const DASH = 1.5

export interface StripOf {
  readonly id: string
  readonly intervalMs: number
  readonly status: Status
}

/** Where the strips of a line stand, px. */
export interface StripPlaces {
  /** From one strip's start to the next one's. */
  readonly step: number
  readonly width: number
}

const ENDED = new Set<Status>(['escalated', 'stopped', 'failed', 'unknown'])

/**
 * The last beats of a whole line of tiles, each slot one heartbeat interval. On one canvas: a canvas
 * is a layer of its own to the browser, and a hundred layers cost more than all that is on them.
 */
export function drawStrips(
  canvas: HTMLCanvasElement,
  strips: readonly (StripOf | undefined)[],
  places: StripPlaces,
  now: number,
): void {
  const context = canvas.getContext('2d')
  const { step, width } = places
  if (!context || now === 0 || width <= 0) return
  const scale = window.devicePixelRatio || 1
  const whole = Math.round((step * (strips.length - 1) + width) * scale)
  const height = Math.round(STRIP_HEIGHT * scale)
  if (canvas.width !== whole) canvas.width = whole
  if (canvas.height !== height) canvas.height = height
  canvas.style.width = `${whole / scale}px`
  context.clearRect(0, 0, whole, height)
  strips.forEach((strip, index) => {
    if (strip) drawStrip(context, strip, step * index * scale, width * scale, scale, now)
  })
  context.globalAlpha = 1
}

function drawStrip(
  context: CanvasRenderingContext2D,
  { id, intervalMs, status }: StripOf,
  left: number,
  width: number,
  scale: number,
  now: number,
): void {
  const colours = stripColours()
  const beat =
    status === 'dead' || ENDED.has(status)
      ? colours.off
      : status === 'blocked'
        ? colours.blocked
        : colours.active
  const last = lastBeatOf(id)
  const silent = last === undefined || status === 'unknown' ? 0 : now - last
  const slots = beatSlots(stripOf(id), intervalMs, silent)
  const step = width / slots.length
  const bar = Math.max(1, Math.floor(step * (1 - GAP_PART)))
  const bottom = Math.round(STRIP_HEIGHT * scale)
  slots.forEach((part, index) => {
    const x = Math.round(left + index * step)
    if (part === null || part === 0) {
      context.globalAlpha = part === null ? 0.45 : 1
      context.fillStyle = colours.dash
      const height = Math.max(1, Math.round(DASH * scale))
      context.fillRect(x, bottom - height, bar, height)
      return
    }
    // The past fades: the eye goes to what is new.
    context.globalAlpha = 0.38 + 0.62 * (index / (slots.length - 1)) ** 1.4
    context.fillStyle = beat
    const height = Math.round(bottom * part)
    context.fillRect(x, bottom - height, bar, height)
  })
}
