import type { ConsensusView } from '@/lib/protocol/consensus'
import { MOST_SHAPES, type ValidatorLook, ValidatorMark } from './validator-look'

interface LegendProps {
  rounds: readonly ConsensusView[]
  validators: readonly string[]
  names: ReadonlyMap<string, string>
  looks: ReadonlyMap<string, ValidatorLook>
}

/** Which mark is whose. */
export function Legend({ rounds, validators, names, looks }: LegendProps) {
  const bar = (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className="h-0.5 w-4 rounded-full bg-ink" />
      {rounds.at(-1)?.policy === 'every' ? 'lowest' : 'average'}
    </span>
  )
  if (validators.length > MOST_SHAPES)
    return (
      <p className="px-3 pb-1 text-xs text-faint">{validators.length} validators, a dot each</p>
    )
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 px-3 pb-1 text-xs text-mute">
      {validators.map((validator) => {
        const look = looks.get(validator)
        return (
          <li key={validator} className="flex items-center gap-1.5">
            <svg aria-hidden viewBox="-8 -8 16 16" width="15" height="15">
              {look && <ValidatorMark look={look} x={0} y={0} />}
            </svg>
            {names.get(validator) ?? validator}
          </li>
        )
      })}
      <li>{bar}</li>
    </ul>
  )
}
