'use client'

import type { CoordinatorView } from '@/lib/protocol/coordinator'
import { type DeathCountdown, deathCountdownOf } from '@/lib/view/death-countdown'
import { formatDuration } from '@/lib/view/format-duration'
import { useLastBeat, useMoment } from '../live/use-live'
import { useIsPast } from '../live/use-past'
import { exactTitle } from '../ui/format-time'
import { Meter } from '../ui/meter'
import type { Tone } from '../ui/status-look'
import { Time } from '../ui/time'

const TONES: Record<DeathCountdown['state'], Tone> = {
  beating: 'active',
  late: 'stale',
  overdue: 'dead',
  dead: 'dead',
  starting: 'ivory',
  held: 'off',
  ended: 'off',
}

/** How much of its time a silent coordinator has used up, and when it dies. Nothing for those whose life has ended. */
export function DeathMeter({ coordinator }: { coordinator: CoordinatorView }) {
  // Beats come apart from the board: without this the meter would move only once a second.
  useLastBeat(coordinator.id)
  const moment = useMoment()
  const isPast = useIsPast()
  const countdown = deathCountdownOf(moment, coordinator)
  if (countdown.state === 'ended') return null
  // Of the late and the dead, the log holds the last beat; of the others, nobody can tell.
  if (isPast && coordinator.liveness === 'active')
    return (
      <p className="text-xs text-faint">
        Heartbeats are not in the log: it was alive, and not late; when it last beat then is
        unknown.
      </p>
    )
  const starting = coordinator.liveness === 'starting'
  return (
    <div className="grid gap-1.5">
      <Meter
        label={starting ? 'Time it has to come' : 'Time until it counts as dead'}
        value={Math.round(countdown.used * 1000)}
        max={1000}
        tone={TONES[countdown.state]}
        marks={starting ? [] : [500]}
      />
      <div className="flex justify-between gap-3 text-xs text-faint">
        <span>
          {starting ? 'asked for ' : 'last beat '}
          <Time at={starting ? coordinator.registeredAt : countdown.lastBeat} ago />
        </span>
        <span>
          <Ending countdown={countdown} />
        </span>
      </div>
    </div>
  )
}

function Ending({ countdown }: { countdown: DeathCountdown }) {
  const { state, diesAt, diesInMs, thresholdMs } = countdown
  const left = (
    <time
      dateTime={new Date(diesAt).toISOString()}
      title={exactTitle(diesAt)}
      data-tone={TONES[state]}
      className="font-semibold text-tone-ink"
    >
      {formatDuration(diesInMs + 999)}
    </time>
  )
  switch (state) {
    case 'beating':
      return <>dies after {formatDuration(thresholdMs)} of silence</>
    case 'late':
      return <>dies in {left}</>
    case 'starting':
      return <>has to come within {left}</>
    case 'overdue':
      return <>past its time; the next sweep decides</>
    case 'dead':
      return <>threshold {formatDuration(thresholdMs)}</>
    case 'held':
      return <>the countdown is held</>
    case 'ended':
      return null
  }
}
