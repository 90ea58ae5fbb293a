'use client'

import { STATUSES } from '@/lib/protocol/liveness'
import { STATUS_RANK } from '@/lib/view/status'
import type { Track } from '@/lib/view/track'
import { Chip } from '../ui/chip'
import { cx } from '../ui/cx'
import { Lamp } from '../ui/lamp'
import { statusLooks } from '../ui/status-look'
import type { Group } from './group-coordinators'
import { TrackDiagram } from './track-diagram'

const TROUBLE = [...STATUSES]
  .filter((it) => STATUS_RANK[it] < STATUS_RANK.blocked)
  .sort((a, b) => STATUS_RANK[a] - STATUS_RANK[b])

const LOOP_NAMES: Record<string, string> = {
  '3': 'Loop 3, work',
  '2': 'Loop 2, consensus',
  '4': 'Loop 4, decision',
  '': 'No loop named',
}

interface GroupHeaderProps {
  group: Group
  track: Track | undefined
}

/** Names a group; a swarm's header is the track diagram of its loop. */
export function GroupHeader({ group, track }: GroupHeaderProps) {
  const { kind, name, counts, ids, label } = group
  const status = kind === 'status' ? STATUSES.find((it) => it === name) : undefined
  const title = kind === 'loop' ? (LOOP_NAMES[name] ?? `Loop ${name}`) : name
  return (
    <div className="@container">
      <div className="flex min-h-8 min-w-0 items-center gap-x-3 @max-xl:flex-wrap @max-xl:[&>*]:basis-full">
        <div
          className={cx(
            'flex min-w-0 items-center gap-2.5',
            track && '@min-4xl:w-[34%] @min-4xl:max-w-96 @min-4xl:flex-none',
          )}
        >
          {status && <Lamp status={status} decorative />}
          <h2 className="min-w-6 truncate text-base font-semibold text-ink">{title}</h2>
          <span className="flex-none text-xs text-faint">{ids.length.toLocaleString('en')}</span>
          {kind !== 'status' &&
            TROUBLE.map((it) => {
              const count = counts[it]
              return count === undefined ? null : (
                <span
                  key={it}
                  data-tone={statusLooks[it].tone}
                  className="flex flex-none items-center gap-1 text-xs font-semibold text-tone-ink"
                >
                  <Lamp status={it} size={10} decorative />
                  {count} {it}
                </span>
              )
            })}
          {label && (
            <Chip tone="ivory" title="Not anybody’s real work">
              {label}
            </Chip>
          )}
        </div>
        {track ? (
          <TrackDiagram track={track} />
        ) : (
          <span aria-hidden className="h-px min-w-3 flex-1 bg-line" />
        )}
      </div>
    </div>
  )
}
