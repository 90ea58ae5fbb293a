/** The value below which a share of them lies; `share` 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  if (sorted.length === 0) return Number.NaN
  const place = (sorted.length - 1) * share
  const low = sorted[Math.floor(place)] ?? Number.NaN
  const high = sorted[Math.ceil(place)] ?? Number.NaN
  return low + (high - low) * (place - Math.floor(place))
}

export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), min: Math.min(...values), max: Math.max(...values) }
}

/**
 * Ours divided by a peer's, round by round: what slows the machine down in one round slows both, so
 * that the quotients vary less than the figures.
 */
export function ratiosOf(ours: readonly number[], peers: readonly number[]): Spread {
  return spreadOf(ours.map((it, round) => it / (peers[round] ?? Number.NaN)))
}
