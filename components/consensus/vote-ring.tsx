import type { ConsensusView } from '@/lib/protocol/consensus'
import { missingVoters } from '@/lib/view/confidence'
import { cx } from '../ui/cx'

const R = 15
const GAP = 0.14

/** Votes as they come in: one piece of the ring for each validator, and a mark where the quorum is. */
export function VoteRing({ round, size = 40 }: { round: ConsensusView; size?: number }) {
  const total = Math.max(1, round.validators.length)
  const missing = new Set(missingVoters(round))
  const voted = round.validators.length - missing.size
  const open = round.outcome === undefined
  return (
    <svg
      viewBox="0 0 40 40"
      width={size}
      height={size}
      role="img"
      aria-label={`${voted} of ${round.validators.length} have voted`}
      className="block flex-none"
    >
      {round.validators.map((validator, index) => {
        const from = index / total + (total > 1 ? GAP / total / 2 : 0)
        const to = (index + 1) / total - (total > 1 ? GAP / total / 2 : 0.0001)
        const here = !missing.has(validator)
        return (
          <path
            key={validator}
            d={arc(from, to)}
            fill="none"
            strokeWidth="3.5"
            strokeLinecap="round"
            className={cx(
              here ? 'stroke-blocked' : 'stroke-line',
              !here && open && 'animate-breathe',
            )}
          >
            <title>
              {validator} {here ? 'has voted' : 'has not voted'}
            </title>
          </path>
        )
      })}
      <text
        x="20"
        y="20"
        dy="0.36em"
        textAnchor="middle"
        className="fill-ink text-2xs font-semibold"
      >
        {voted}/{round.validators.length}
      </text>
    </svg>
  )
}

function arc(from: number, to: number): string {
  const [x1, y1] = point(from)
  const [x2, y2] = point(to)
  return `M${x1} ${y1}A${R} ${R} 0 ${to - from > 0.5 ? 1 : 0} 1 ${x2} ${y2}`
}

function point(part: number): [string, string] {
  const angle = part * 2 * Math.PI - Math.PI / 2
  return [(20 + R * Math.cos(angle)).toFixed(2), (20 + R * Math.sin(angle)).toFixed(2)]
}
