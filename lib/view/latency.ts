import type { SignalView } from '../protocol/signal'

/** One ACK: when it was stored, and how long it had taken, both ms by Redis' clock. */
export interface AckLatency {
  readonly at: number
  readonly ms: number
  readonly coordinatorId: string
  readonly type: string
}

/** The ACKs of these signals, the oldest first, at most the `most` latest. */
export function ackLatencies(signals: Iterable<SignalView>, most: number): AckLatency[] {
  const all: AckLatency[] = []
  for (const { targets, type } of signals)
    for (const { ackedAt, latencyMs, coordinatorId, heldBy } of targets)
      if (ackedAt !== undefined && latencyMs !== undefined)
        all.push({ at: ackedAt, ms: latencyMs, coordinatorId: heldBy ?? coordinatorId, type })
  return all.sort((a, b) => a.at - b.at).slice(-most)
}

/** The value that this part of all others does not exceed; undefined of nothing. */
export function quantile(values: readonly number[], part: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)]
}
