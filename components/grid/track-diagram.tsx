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

/**
 * A swarm's way from work over consensus to a decision: stations lit as it passes them. The stops
 * of all swarms stand under one another, so that a glance down the board compares them.
 */
export function TrackDiagram({ track }: { track: Track }) {
  const [work] = track.stations
  return (
    <ol
      aria-label={`${track.swarmId}: where its loop stands`}
      className="@container/track flex h-6 min-w-0 flex-1 items-center @min-4xl:grid @min-4xl:grid-cols-[28px_minmax(0,1.5fr)_minmax(0,1.35fr)_minmax(0,1fr)]"
    >
      <Line lit={work.state !== 'ahead'} lead />
      {track.stations.map((station) => (
        <li
          key={station.loop}
          className={cx(
            'flex min-w-0 items-center',
            station.state === 'now' ? 'flex-[1_0_auto]' : 'flex-auto @max-2xs/track:hidden',
          )}
        >
          <Stop station={station} swarmId={track.swarmId} />
          <Line lit={station.state === 'done'} near={station.state === 'now'} />
        </li>
      ))}
    </ol>
  )
}

interface LineProps {
  lit: boolean
  /** Leads away from where the swarm is. */
  near?: boolean
  /** Comes before the first stop. */
  lead?: boolean
}

function Line({ lit, near, lead }: LineProps) {
  return (
    <span
      aria-hidden
      className={cx(
        'h-0.5 min-w-2 rounded-full',
        lead ? 'w-5 flex-none @min-4xl:w-7' : 'flex-1',
        lit
          ? 'bg-ivory'
          : near
            ? 'bg-[linear-gradient(90deg,var(--edge),var(--line)_60%)]'
            : 'bg-line',
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
          'size-2.25 flex-none rounded-full border-2',
          state === 'ahead' ? 'border-line bg-bg' : 'border-ivory',
          state === 'done' && 'bg-ivory',
          here && 'bg-bg shadow-[0_0_0_3px_color-mix(in_oklab,var(--ivory)_22%,transparent)]',
        )}
      />
      <span className={cx('truncate', !here && '@max-lg/track:sr-only')}>
        {words}
        <span className="sr-only">
          {state === 'done' ? ', passed' : here ? ', now' : ', ahead'}
        </span>
      </span>
      {figure && (
        <b className={cx('flex-none font-semibold', FIGURE_TONES[figure.tone])}>{figure.text}</b>
      )}
    </>
  )
  const look = cx(
    'flex min-w-0 items-center gap-2 rounded-sm px-2 text-xs whitespace-nowrap',
    here ? 'text-ink' : 'text-faint',
  )
  if (key === undefined)
    return (
      <span className={look} title={words}>
        {inner}
      </span>
    )
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
