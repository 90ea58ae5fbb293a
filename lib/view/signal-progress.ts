import type { SignalTarget } from '../protocol/signal'

export interface SignalProgress {
  readonly acked: number
  readonly pending: number
  readonly total: number
  /** `acked`, `2 of 5`, `expired` … */
  readonly text: string
  readonly tone: 'active' | 'blocked' | 'stale' | 'dead' | 'off'
}

/** How far a signal has come with these targets, in a word or two. */
export function progressOf(targets: readonly SignalTarget[]): SignalProgress {
  const count = { pending: 0, acked: 0, completed: 0, expired: 0, cancelled: 0 }
  for (const { state } of targets) count[state]++
  const total = targets.length
  const acked = count.acked + count.completed
  const base = { acked, pending: count.pending, total }
  if (count.pending > 0)
    return { ...base, text: total === 1 ? 'pending' : `${acked} of ${total}`, tone: 'blocked' }
  if (acked === total)
    return { ...base, text: count.completed === total ? 'completed' : 'acked', tone: 'active' }
  const word = count.expired > 0 ? 'expired' : 'cancelled'
  return {
    ...base,
    text: acked === 0 ? word : `${acked} of ${total}, ${word}`,
    tone: count.expired > 0 ? 'stale' : 'off',
  }
}
