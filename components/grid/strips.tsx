import type { Ref } from 'react'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { Status } from '@/lib/protocol/liveness'
import type { Knowledge } from '@/lib/view/knowledge'
import { lastBeatOf, stripOf } from '../live/use-live'
import { beatSlots } from './beat-slots'
import { STRIP_HEIGHT, stripPaths } from './strip-paths'

/** Between a strip and the tile's lower edge, px. */
const BOTTOM = 8
const COLOURS = ['active', 'blocked', 'off'] as const
const ENDED = new Set<Status>(['dead', 'escalated', 'stopped', 'failed', 'unknown'])

interface StripsProps {
  ref: Ref<SVGSVGElement>
  /** Of the line's tiles; a place without one stays empty. */
  statuses: readonly (Status | undefined)[]
  /** From one strip's start to the next one's, px. */
  step: number
  /** Where the first one begins, px. */
  left: number
}

/**
 * The last beats of a line of tiles. Shapes in the page's own picture: a canvas is a layer of its own to
 * the browser, and to put a dozen of them together at each step of the wheel costs more than to draw these.
 */
export function Strips({ ref, statuses, step, left }: StripsProps) {
  return (
    <svg
      ref={ref}
      aria-hidden
      className="pointer-events-none absolute overflow-visible"
      style={{ left, bottom: BOTTOM }}
      width={1}
      height={STRIP_HEIGHT}
      shapeRendering="crispEdges"
    >
      {statuses.map((status, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place of the line
        <g key={index} transform={`translate(${Math.round(step * index)})`}>
          <path fill={`url(#strip-${colourOf(status)})`} />
          <path fill="var(--edge)" />
          <path fill="var(--edge)" fillOpacity={0.45} />
        </g>
      ))}
    </svg>
  )
}

interface StripOf {
  readonly coordinator: Pick<CoordinatorView, 'id' | 'heartbeatIntervalMs'>
  readonly status: Status
}

/**
 * Writes the beats of a coordinator into its place among the strips. While nobody can tell who is alive, it stays
 * as it was when somebody last could: whoever had died by then had died.
 */
export function writeStrip(
  place: Element,
  { coordinator, status }: StripOf,
  width: number,
  now: number,
  knowledge: Knowledge,
): void {
  if (now === 0 || width <= 0) return
  const { id, heartbeatIntervalMs } = coordinator
  const last = lastBeatOf(id)
  const seenUntil = status !== 'unknown' || knowledge.can ? now : (knowledge.since ?? 0)
  const silent = last === undefined ? 0 : Math.max(0, seenUntil - last)
  const slots = beatSlots(stripOf(id), heartbeatIntervalMs, silent)
  const { beats, missed, unknown } = stripPaths(slots, width, window.devicePixelRatio || 1)
  for (const [index, shape] of [beats, missed, unknown].entries()) {
    const path = place.children[index]
    if (path && path.getAttribute('d') !== shape) path.setAttribute('d', shape)
  }
}

/** What strips are filled with, once for the board: the past fades, the eye goes to what is new. */
export function StripFills({ width }: { width: number }) {
  return (
    <svg aria-hidden className="absolute size-0">
      {COLOURS.map((colour) => (
        <linearGradient
          key={colour}
          id={`strip-${colour}`}
          gradientUnits="userSpaceOnUse"
          x2={Math.max(1, width)}
        >
          <stop stopColor={`var(--${colour})`} stopOpacity={0.38} />
          <stop offset={1} stopColor={`var(--${colour})`} />
        </linearGradient>
      ))}
    </svg>
  )
}

function colourOf(status: Status | undefined): (typeof COLOURS)[number] {
  if (status === undefined || ENDED.has(status)) return 'off'
  return status === 'blocked' ? 'blocked' : 'active'
}
