import { STRIP_SLOTS } from '@/lib/protocol/wire'

/** Timers are no clocks: a beat this much of an interval beside its time still is on time. */
const PATIENCE = 0.2
/** From this much of an interval on a slot is full, and the next one begins. */
const FULL = 0.75
/** The lowest that a late beat is drawn. */
const LOWEST = 0.35
const TENTH_MS = 100

/**
 * The slots of a strip, oldest first, always STRIP_SLOTS of them. A slot is one heartbeat interval:
 * 1 when its beat came on time, less the later it came, 0 when none came. Slots from before
 * anything is known are `null`.
 *
 * @param gaps between the last beats, oldest first, tenths of a second; negative where nobody looked
 * @param intervalMs between two beats, as the coordinator promised
 * @param silentMs since its last beat
 */
export function beatSlots(
  gaps: readonly number[],
  intervalMs: number,
  silentMs: number,
): (number | null)[] {
  const slots: (number | null)[] = []
  let intervals = 0
  for (const gap of gaps) {
    if (gap < 0) {
      const unseen = Math.round((-gap * TENTH_MS) / intervalMs)
      for (let n = 0; n < Math.min(unseen, STRIP_SLOTS); n++) slots.push(null)
      intervals = 0
      continue
    }
    // A coordinator also beats when it acts: several beats in one interval share its slot.
    intervals += (gap * TENTH_MS) / intervalMs
    if (intervals < FULL) continue
    const missed = Math.max(0, Math.floor(intervals + PATIENCE) - 1)
    for (let n = 0; n < Math.min(missed, STRIP_SLOTS); n++) slots.push(0)
    slots.push(heightOf(intervals - missed - 1))
    intervals = 0
  }
  const silent = Math.floor(silentMs / intervalMs - PATIENCE)
  for (let n = 0; n < Math.min(silent, STRIP_SLOTS); n++) slots.push(0)
  const shown = slots.slice(-STRIP_SLOTS)
  return [...Array<null>(STRIP_SLOTS - shown.length).fill(null), ...shown]
}

function heightOf(late: number): number {
  return Math.min(1, Math.max(LOWEST, 1 - (1 - LOWEST) * late))
}
