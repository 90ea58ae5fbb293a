'use client'

import type { Station, Track } from '@/lib/view/track'
import { RoomLink } from '../frame/room-link'
import { cx } from '../ui/cx'

const FIGURE_TONES = {
  ok: 'text-active-ink',
  low: 'text-stale-ink',
  bad: 'text-dead-ink',
  plain: 'text-mute',
} as const

/** A swarm's way from work over consensus to a decision: stations lit as it passes them. */
export function TrackDiagram({ track }: { track: Track }) {
  const now = track.stations.findIndex((it) => it.state === 'now')
  return (
    <ol
      aria-label={`${track.swarmId}: where its loop stands`}
      className="flex h-6 min-w-0 flex-1 items-center"
    >
      <Rail lit={track.stations[0].state !== 'ahead'} end />
      {track.stations.map((station, index) => (
        <li key={station.loop} className="contents">
          <Stop station={station} swarmId={track.swarmId} />
          <Rail
            // Lit as far as the swarm has come.
            lit={station.state === 'done'}
            end={index === track.stations.length - 1}
            near={index === now}
          />
        </li>
      ))}
    </ol>
  )
}

interface RailProps {
  lit: boolean
  end?: boolean
  near?: boolean
}

function Rail({ lit, end, near }: RailProps) {
  return (
    <span
      aria-hidden
      className={cx(
        'h-0.5 min-w-3 rounded-full',
        end ? 'flex-[0.3]' : 'flex-1',
        lit ? 'bg-ivory' : near ? 'bg-[linear-gradient(90deg,var(--edge),var(--line))]' : 'bg-line',
      )}
    />
  )
}

function Stop({ station, swarmId }: { station: Station; swarmId: string }) {
  const { state, name, iteration, figure, key } = station
  const here = state === 'now'
  const words =
    here && iteration !== undefined && station.loop === 3 ? `${name}, iteration ${iteration}` : name
  const inner = (
    <>
      <span
        aria-hidden
        className={cx(
          'size-[9px] flex-none rounded-full border-2',
          state === 'ahead' ? 'border-line bg-bg' : 'border-ivory',
          state === 'done' && 'bg-ivory',
          here && 'bg-bg shadow-[0_0_0_3px_color-mix(in_oklab,var(--ivory)_22%,transparent)]',
        )}
      />
      <span className={cx(!here && '@max-2xl:sr-only')}>
        {words}
        <span className="sr-only">
          {state === 'done' ? ', passed' : here ? ', now' : ', ahead'}
        </span>
      </span>
      {figure && <b className={cx('font-semibold', FIGURE_TONES[figure.tone])}>{figure.text}</b>}
    </>
  )
  const look = cx(
    'flex min-w-0 flex-none items-center gap-1.5 rounded-sm px-2 text-xs whitespace-nowrap',
    here ? 'text-ink' : 'text-faint',
  )
  if (key === undefined) return <span className={look}>{inner}</span>
  return (
    <RoomLink
      href={`/consensus?swarm=${encodeURIComponent(swarmId)}&round=${encodeURIComponent(key)}`}
      prefetch={false}
      className={cx(look, 'hover:bg-raise')}
      title="Show its votes"
    >
      {inner}
    </RoomLink>
  )
}
