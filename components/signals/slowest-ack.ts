import type { SignalView } from '@/lib/protocol/signal'

/** How long the last of its ACKs took, ms; undefined before the first. */
export function slowestAck({ targets }: SignalView): number | undefined {
  const all = targets.flatMap((it) => (it.latencyMs === undefined ? [] : [it.latencyMs]))
  return all.length === 0 ? undefined : Math.max(...all)
}
