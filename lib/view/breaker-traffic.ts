import type { BreakerView } from '../protocol/breaker'

export const MINUTE_MS = 60_000

/**
 * Calls a minute over the time that its figures are about; undefined until its owner has published it
 * twice. A shorter time counts as a minute: two calls within a second are no traffic yet.
 */
export function callsAMinute(
  breaker: Pick<BreakerView, 'calls' | 'countedFrom' | 'publishedAt'>,
): number | undefined {
  const { calls, countedFrom, publishedAt } = breaker
  if (countedFrom === undefined) return undefined
  return (calls * MINUTE_MS) / Math.max(MINUTE_MS, publishedAt - countedFrom)
}

/** A radius that grows with the traffic: ten times the calls, one step more. */
export function trafficRadius(callsAMinute: number, smallest: number, largest: number): number {
  const steps = Math.log10(1 + Math.max(0, callsAMinute)) / 4
  return smallest + (largest - smallest) * Math.min(1, steps)
}
