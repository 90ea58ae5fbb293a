import type { ReactNode } from 'react'
import type { Tone } from '../ui/status-look'

/** Beyond this many, shapes cannot be told apart: all are dots, and hovering names them. */
export const MOST_SHAPES = 6

export interface ValidatorLook {
  tone: Tone
  shape: 'dot' | 'square' | 'triangle' | 'diamond' | 'bar' | 'cross'
}

const LOOKS: readonly ValidatorLook[] = [
  { tone: 'active', shape: 'dot' },
  { tone: 'blocked', shape: 'square' },
  { tone: 'escalated', shape: 'triangle' },
  { tone: 'stale', shape: 'diamond' },
  { tone: 'ivory', shape: 'bar' },
  { tone: 'dead', shape: 'cross' },
]
const PLAIN: ValidatorLook = { tone: 'blocked', shape: 'dot' }

/** One look for each validator, by shape as well as by colour. */
export function validatorLooks(validators: readonly string[]): ReadonlyMap<string, ValidatorLook> {
  const many = validators.length > MOST_SHAPES
  return new Map(validators.map((it, index) => [it, many ? PLAIN : (LOOKS[index] ?? PLAIN)]))
}

const SHAPES: Record<ValidatorLook['shape'], ReactNode> = {
  dot: <circle r="5.2" />,
  square: <rect x="-4.8" y="-4.8" width="9.6" height="9.6" rx="1.8" />,
  triangle: <path d="M0-5.8 6.2 4.8H-6.2z" strokeLinejoin="round" />,
  diamond: <path d="M0-6.4 6.4 0 0 6.4-6.4 0z" />,
  bar: <rect x="-6.2" y="-2.6" width="12.4" height="5.2" rx="1.4" />,
  cross: <path d="M-1.8-5.8h3.6v4h4v3.6h-4v4h-3.6v-4h-4v-3.6h4z" />,
}

/** A validator's mark at a place of a drawing; hollow where it has not voted. */
export function ValidatorMark({
  look,
  x,
  y,
  scale = 1,
  hollow,
  faded,
  title,
}: {
  look: ValidatorLook
  x: number
  y: number
  /** Its size, 1 is the usual. */
  scale?: number
  hollow?: boolean
  faded?: boolean
  title?: string
}) {
  return (
    <g
      transform={`translate(${x} ${y}) scale(${scale})`}
      data-tone={look.tone}
      style={{ color: 'var(--c)' }}
      fill={hollow ? 'none' : 'currentColor'}
      stroke={hollow ? 'currentColor' : 'var(--panel)'}
      strokeWidth={hollow ? 1.3 : 1}
      strokeDasharray={hollow ? '2.6 2.2' : undefined}
      opacity={faded ? 0.25 : 1}
    >
      {title && <title>{title}</title>}
      {SHAPES[look.shape]}
    </g>
  )
}
