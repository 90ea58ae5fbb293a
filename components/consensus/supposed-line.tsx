'use client'

import { type PointerEvent, useRef } from 'react'
import { usePlotArea, useYAxisInverseScale, useYAxisScale } from 'recharts'

interface SupposedLineProps {
  real: number
  /** undefined while nothing is supposed: the line then lies on the real one. */
  supposed: number | undefined
  low: number
  onChange: (threshold: number | undefined) => void
}

const STEP = 0.01

/** The threshold that somebody supposes: dragged with the pointer, or moved with the arrow keys. */
export function SupposedLine({ real, supposed, low, onChange }: SupposedLineProps) {
  const area = usePlotArea()
  const scale = useYAxisScale()
  const inverse = useYAxisInverseScale()
  const grip = useRef<SVGGElement>(null)
  if (!area || !scale || !inverse) return null
  const value = supposed ?? real
  const y = Number(scale(value))
  const move = (next: number) => {
    const rounded = Math.round(Math.min(1, Math.max(low, next)) * 100) / 100
    onChange(rounded === real ? undefined : rounded)
  }
  const drag = (event: PointerEvent<SVGGElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect()
    if (box) move(Number(inverse(event.clientY - box.top)))
  }
  const shown = supposed !== undefined
  return (
    <g
      ref={grip}
      role="slider"
      tabIndex={0}
      aria-label="Supposed threshold"
      aria-orientation="vertical"
      aria-valuemin={low}
      aria-valuemax={1}
      aria-valuenow={value}
      aria-valuetext={value.toFixed(2)}
      className="cursor-ns-resize touch-none outline-none [&:focus-visible>circle]:fill-ivory [&:focus-visible>circle]:stroke-ivory [&:focus-visible>circle]:stroke-[5px]"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        event.preventDefault()
        grip.current?.focus()
      }}
      onPointerMove={drag}
      onKeyDown={(event) => {
        const to = {
          ArrowUp: value + STEP,
          ArrowRight: value + STEP,
          ArrowDown: value - STEP,
          ArrowLeft: value - STEP,
          PageUp: value + 0.05,
          PageDown: value - 0.05,
          Home: low,
          End: 1,
        }[event.key]
        if (to === undefined) return
        event.preventDefault()
        move(to)
      }}
    >
      <rect x={area.x} y={y - 9} width={area.width} height={18} fill="transparent" />
      {shown && (
        <>
          <line
            x1={area.x}
            x2={area.x + area.width}
            y1={y}
            y2={y}
            stroke="var(--stale)"
            strokeWidth="1.5"
            strokeDasharray="4 4"
          />
          <text
            x={area.x + 16}
            y={y}
            dy={value < real ? '1.3em' : '-0.6em'}
            fontSize="0.6875rem"
            fill="var(--stale-ink)"
          >
            what if {value.toFixed(2)}
          </text>
        </>
      )}
      <circle
        cx={area.x + 6}
        cy={y}
        r="5"
        fill={shown ? 'var(--stale)' : 'var(--panel)'}
        stroke={shown ? 'var(--panel)' : 'var(--ivory)'}
        strokeWidth="1.5"
      />
    </g>
  )
}
