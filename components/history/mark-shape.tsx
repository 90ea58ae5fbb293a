import type { CSSProperties } from 'react'
import type { MarkKind } from '@/lib/protocol/history'
import type { Tone } from '../ui/status-look'

/** What stands out on the time line: a shape and a colour each, as on the board. */
export const MARK_LOOK: Record<MarkKind, { tone: Tone; name: string; path: string }> = {
  death: { tone: 'dead', name: 'died', path: 'M1 1H9V9H1Z' },
  escalation: { tone: 'escalated', name: 'escalated', path: 'M5 0.5L9.5 9H0.5Z' },
  decision: { tone: 'active', name: 'decided', path: 'M5 0.5L9.5 5L5 9.5L0.5 5Z' },
}

interface MarkShapeProps {
  kind: MarkKind
  className?: string
  style?: CSSProperties
}

export function MarkShape({ kind, className, style }: MarkShapeProps) {
  const { tone, path } = MARK_LOOK[kind]
  return (
    <svg
      aria-hidden="true"
      data-tone={tone}
      viewBox="0 0 10 10"
      className={`size-2 overflow-visible ${className ?? ''}`}
      style={style}
    >
      <path d={path} className="fill-tone stroke-bg" strokeWidth={1} />
    </svg>
  )
}
