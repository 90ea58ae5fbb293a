import { STRIP_SLOTS } from '@/lib/protocol/frames'

/** A beat this much of its interval late still counts as on time: timers and networks are no clocks. */
const ON_TIME = 0.2
/** The lowest that a late beat is drawn. */
const LOWEST = 0.35
const TENTH_MS = 100

/**
 * The slots of a strip, oldest first, always STRIP_SLOTS of them. A slot is one heartbeat interval:
 * 1 when its beat came on time, less the later it came, 0 when none came. Slots from before
 * anything is known are `null`.
 *
 * @param gaps between the last beats, oldest first, tenths of a second
 * @param intervalMs between two beats, as the coordinator promised
 * @param silentMs since its last beat
 */
export function beatSlots(
  gaps: readonly number[],
  intervalMs: number,
  silentMs: number,
): (number | null)[] {
  const slots: (number | null)[] = []
  for (const gap of gaps) {
    const intervals = (gap * TENTH_MS) / intervalMs
    // Two beats in one interval share a slot: a coordinator also beats when it acts.
    if (intervals < 0.5) continue
    const missed = Math.max(0, Math.floor(intervals - ON_TIME) - 1)
    for (let n = 0; n < Math.min(missed, STRIP_SLOTS); n++) slots.push(0)
    slots.push(heightOf(intervals - missed - 1))
  }
  const silent = Math.floor(silentMs / intervalMs - ON_TIME)
  for (let n = 0; n < Math.min(silent, STRIP_SLOTS); n++) slots.push(0)
  const shown = slots.slice(-STRIP_SLOTS)
  return [...Array<null>(STRIP_SLOTS - shown.length).fill(null), ...shown]
}

function heightOf(late: number): number {
  if (late <= ON_TIME) return 1
  return Math.max(LOWEST, 1 - (1 - LOWEST) * ((late - ON_TIME) / (1 - ON_TIME)))
}
