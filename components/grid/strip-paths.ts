import type { beatSlots } from './beat-slots'

/** px */
export const STRIP_HEIGHT = 14
const GAP_PART = 0.3
const DASH = 1.5

/** A strip as two shapes, in the words of an SVG path; px. */
export interface StripPaths {
  /** The beats that came, the higher the more in time. */
  readonly beats: string
  /** A dash for each beat that did not. */
  readonly missed: string
  /** A dash for each slot of which nothing is known. */
  readonly unknown: string
}

/**
 * The last beats of a coordinator, each slot one heartbeat interval.
 *
 * @param slots as `beatSlots` has them
 * @param width of the strip, px
 * @param scale pixels of the screen to a px: bars begin and end where one does
 */
export function stripPaths(
  slots: ReturnType<typeof beatSlots>,
  width: number,
  scale: number,
): StripPaths {
  const snap = (px: number) => Math.round(px * scale) / scale
  const step = width / slots.length
  const bar = Math.max(1, Math.floor(step * scale * (1 - GAP_PART)) / scale)
  let [beats, missed, unknown] = ['', '', '']
  slots.forEach((part, index) => {
    const height = part ? snap(STRIP_HEIGHT * part) : DASH
    const shape = `M${snap(index * step)} ${STRIP_HEIGHT}h${bar}v${-height}h${-bar}z`
    if (part) beats += shape
    else if (part === 0) missed += shape
    else unknown += shape
  })
  return { beats, missed, unknown }
}
