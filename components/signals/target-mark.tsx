import type { ReactNode } from 'react'
import type { SignalTarget, TargetState } from '@/lib/protocol/signal'
import type { Tone } from '../ui/status-look'

/** The look of what became of one target: shape and colour, and a word for those who see neither. */
export const targetLooks: Record<TargetState, { tone: Tone; word: string; shape: ReactNode }> = {
  pending: {
    tone: 'blocked',
    word: 'owes its ACK',
    shape: <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  },
  acked: {
    tone: 'active',
    word: 'acknowledged',
    shape: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  },
  completed: {
    tone: 'active',
    word: 'completed',
    shape: (
      <path
        d="m1.6 5.2 2.3 2.4L8.4 2.6"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.9"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    ),
  },
  expired: {
    tone: 'stale',
    word: 'ran out',
    shape: <path d="M2 1.5h6L5 5l3 3.5H2L5 5z" fill="currentColor" />,
  },
  cancelled: {
    tone: 'off',
    word: 'cancelled',
    shape: <path d="M2 8 8 2" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />,
  },
}

/** One target as a mark of ten pixels. */
export function TargetMark({ target }: { target: SignalTarget }) {
  const { tone, word, shape } = targetLooks[target.state]
  return (
    <svg
      viewBox="0 0 10 10"
      width={10}
      height={10}
      role="img"
      aria-label={`${target.coordinatorId} ${word}`}
      data-tone={tone}
      className="block flex-none text-tone"
    >
      <title>
        {target.coordinatorId} {word}
      </title>
      {shape}
    </svg>
  )
}
