import type { ReactNode } from 'react'
import type { Status } from '@/lib/protocol/liveness'
import { cx } from './cx'
import { statusLooks } from './status-look'

// Each shape differs from every other one also in black and white and at eight pixels.
const shapes: Record<Status, ReactNode> = {
  active: <circle cx="7" cy="7" r="4.4" fill="currentColor" />,
  blocked: <rect x="1.8" y="4.9" width="10.4" height="4.2" rx="1.5" fill="currentColor" />,
  stale: (
    <>
      <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M7 2.5a4.5 4.5 0 0 1 0 9z" fill="currentColor" />
    </>
  ),
  dead: <rect x="2.5" y="2.5" width="9" height="9" rx="1.6" fill="currentColor" />,
  escalated: <path d="M7 1.7 12.4 11H8.9v1.6H5.1V11H1.6z" fill="currentColor" />,
  starting: <circle cx="7" cy="7" r="4.3" fill="none" stroke="currentColor" strokeWidth="2" />,
  failed: (
    <path
      d="m3.2 3.2 7.6 7.6m0-7.6-7.6 7.6"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinecap="round"
    />
  ),
  stopped: <circle cx="7" cy="7" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  unknown: (
    <circle
      cx="7"
      cy="7"
      r="4.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeDasharray="2.2 2.6"
    />
  ),
}

/** The lamp's shape alone, 14 by 14 units, for what is drawn at a scale of its own. */
export function LampShape({ status }: { status: Status }) {
  return (
    <g aria-hidden data-tone={statusLooks[status].tone} className="text-tone">
      {shapes[status]}
    </g>
  )
}

const quiet = new Set<Status>(['stopped', 'unknown'])

interface LampProps {
  status: Status
  /** Edge at the usual size of letters, px; 14 in lists, 10 in dense ones. */
  size?: number
  /** The state's letter beside it, where colours are few and rows are dense. */
  letter?: boolean
  /** Where the state's word stands beside the lamp anyway. */
  decorative?: boolean
  className?: string
}

/** The lamp that carries a coordinator's state. */
export function Lamp({ status, size = 14, letter, decorative, className }: LampProps) {
  const look = statusLooks[status]
  return (
    <span
      data-tone={look.tone}
      className={cx('inline-flex flex-none items-center gap-1 text-tone', className)}
    >
      <svg
        viewBox="0 0 14 14"
        width={`${size / 16}rem`}
        height={`${size / 16}rem`}
        role={decorative ? undefined : 'img'}
        aria-hidden={decorative ? true : undefined}
        aria-label={decorative ? undefined : look.word}
        className={cx('block flex-none overflow-visible', !quiet.has(status) && 'lamp-glow')}
      >
        {shapes[status]}
      </svg>
      {letter && (
        <span aria-hidden className="mono text-2xs font-semibold text-tone-ink">
          {look.letter}
        </span>
      )}
    </span>
  )
}
