const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Between a number and its unit: no line ends there. */
export const NO_BREAK = '\u00a0'

/**
 * A duration for people, in at most two units: `77 s`, `2 min 31 s`, `3 h 5 min`, `2 d 4 h`.
 * Seconds are kept up to two minutes, since that is how thresholds are spoken of. Negative is zero.
 */
export function formatDuration(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / SECOND)) * SECOND
  if (whole < 2 * MINUTE) return inUnit(whole / SECOND, 's')
  if (whole < HOUR)
    return pair(Math.floor(whole / MINUTE), 'min', Math.floor((whole % MINUTE) / SECOND), 's')
  if (whole < DAY)
    return pair(Math.floor(whole / HOUR), 'h', Math.floor((whole % HOUR) / MINUTE), 'min')
  return pair(Math.floor(whole / DAY), 'd', Math.floor((whole % DAY) / HOUR), 'h')
}

/** The same where space is scarce: `0.8 s`, `77 s`, `2m 31s`, `3h 5m`, `2d 4h`. */
export function formatShortDuration(ms: number): string {
  if (ms < 10 * SECOND) return inUnit((Math.max(0, Math.floor(ms / 100)) / 10).toFixed(1), 's')
  return formatDuration(ms)
    .replace(/\s(min|h|d)\b/g, (_, unit: string) => unit[0] ?? '')
    .replace(/(\d[mhd] \d+)\ss$/, '$1s')
}

/** A span that is over: to the millisecond where it was short. */
export function spent(ms: number): string {
  if (ms < 1_000) return inUnit(Math.round(ms), 'ms')
  return ms < 10_000 ? inUnit((ms / 1_000).toFixed(1), 's') : formatDuration(ms)
}

function pair(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? inUnit(big, bigUnit) : `${inUnit(big, bigUnit)} ${inUnit(small, smallUnit)}`
}

/** A number with its unit, which no line parts. */
export function inUnit(count: number | string, unit: string): string {
  return `${count}${NO_BREAK}${unit}`
}
