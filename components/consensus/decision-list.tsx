'use client'

import type { ConsensusView } from '@/lib/protocol/consensus'
import { roundWord } from '@/lib/view/consensus-groups'
import { Chip } from '../ui/chip'
import { Table, Td, Th, Tr } from '../ui/table'
import { Time } from '../ui/time'

interface DecisionListProps {
  rounds: readonly ConsensusView[]
  selected: string
  onSelect: (key: string) => void
}

/** A loop without votes has only its decisions to show, the latest first. */
export function DecisionList({ rounds, selected, onSelect }: DecisionListProps) {
  return (
    <Table aria-label="Decisions">
      <thead>
        <tr>
          <Th>Iteration</Th>
          <Th>Decision</Th>
          <Th>By</Th>
          <Th className="text-right">Decided</Th>
        </tr>
      </thead>
      <tbody>
        {[...rounds].reverse().map((round) => {
          const { text, tone } = roundWord(round)
          return (
            <Tr key={round.key} selected={round.key === selected}>
              <Td>
                <button
                  type="button"
                  className="text-ink underline-offset-2 hover:underline"
                  onClick={() => onSelect(round.key)}
                >
                  {round.iteration}
                </button>
              </Td>
              <Td>
                <Chip tone={tone}>{text}</Chip>
              </Td>
              <Td className="text-mute">{round.outcome?.by.replace(/^operator:/, '') ?? '–'}</Td>
              <Td className="text-right text-faint">
                {round.outcome ? <Time at={round.outcome.at} ago /> : 'open'}
              </Td>
            </Tr>
          )
        })}
      </tbody>
    </Table>
  )
}
