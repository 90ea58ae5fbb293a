'use client'

import { useEffect, useRef } from 'react'
import { type ConsensusGroup, roundWord } from '@/lib/view/consensus-groups'
import { Chip } from '../ui/chip'
import { cx } from '../ui/cx'

interface GroupListProps {
  groups: readonly ConsensusGroup[]
  selected: string | undefined
  onSelect: (group: ConsensusGroup) => void
}

/** Every loop of every swarm with the state of its latest round. */
export function GroupList({ groups, selected, onSelect }: GroupListProps) {
  const current = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each choice
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [selected])
  return (
    <ul className="flex gap-0.5 max-lg:overflow-x-auto max-lg:pb-1 lg:grid lg:content-start lg:overflow-y-auto">
      {groups.map((group) => {
        const { text, tone } = roundWord(group.latest)
        const on = group.id === selected
        return (
          <li key={group.id} className="flex-none">
            <button
              ref={on ? current : undefined}
              type="button"
              aria-current={on ? 'true' : undefined}
              onClick={() => onSelect(group)}
              className={cx(
                'grid w-full min-w-44 gap-1 rounded-lg px-3 py-2 text-left transition-colors hover:bg-soft',
                on && 'bg-soft',
              )}
            >
              <span className="flex items-center justify-between gap-2">
                <b className="truncate font-semibold text-ink">{group.swarmId}</b>
                <Chip tone={tone}>{text}</Chip>
              </span>
              <span className="text-xs text-faint">
                Loop {group.loop} · it {group.latest.iteration}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
