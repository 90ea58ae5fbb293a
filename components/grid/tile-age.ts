import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { Status } from '@/lib/protocol/liveness'
import { formatShortDuration } from '@/lib/view/format-duration'
import { lastBeatOf } from '../live/use-live'
import { isPast } from '../live/use-past'
import { exactTitle, localClock, utcClock } from '../ui/format-time'
import { timeStyle } from '../ui/time-style'

/** What stands instead of an age where nothing beats any more. */
export function endWord(status: Status): string | undefined {
  return status === 'escalated'
    ? 'fenced'
    : status === 'stopped'
      ? 'left'
      : status === 'failed'
        ? 'failed'
        : undefined
}

/** How long ago it last beat, or until when it has to come, as times are written now. */
export function ageText(coordinator: CoordinatorView, status: Status, now: number): string {
  if (now === 0) return ''
  if (isUntold(coordinator)) return '–'
  const due = dueOf(coordinator, status)
  const at = due ?? beatOf(coordinator)
  const style = timeStyle()
  if (style !== 'relative') return style === 'utc' ? utcClock(at) : localClock(at)
  return due === undefined ? formatShortDuration(now - at) : `due ${formatShortDuration(at - now)}`
}

/** The exact time behind an age. Made when somebody points at it: the browser's formatting is slow. */
export function ageTitle(coordinator: CoordinatorView, status: Status): string {
  if (isUntold(coordinator)) return 'Heartbeats are not in the log: its last beat then is unknown'
  const due = dueOf(coordinator, status)
  const at = due ?? beatOf(coordinator)
  return `${due === undefined ? 'Last beat' : 'Due'}\n${exactTitle(at)}`
}

/** Of the late and the dead, the log holds the last beat; of the others in the past, nobody can tell. */
function isUntold({ liveness }: CoordinatorView): boolean {
  return liveness === 'active' && isPast()
}

function dueOf({ startDeadline }: CoordinatorView, status: Status): number | undefined {
  return status === 'starting' ? startDeadline : undefined
}

function beatOf({ id, lastBeat }: CoordinatorView): number {
  return Math.max(lastBeatOf(id) ?? 0, lastBeat)
}
