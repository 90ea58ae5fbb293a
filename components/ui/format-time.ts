const utcTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const localTime = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const localDay = new Intl.DateTimeFormat('en-CA', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** Of the formats above, for as long as the page lives; to ask for it each time is slow. */
const localZone = localTime.resolvedOptions().timeZone

/** The day and the time of day, without the zone after them. */
const READING = '2026-11-23 14:07:32.902'.length

/** `14:07:32`, in UTC. */
export function utcClock(at: number): string {
  return utcTime.format(at)
}

/** `14:07:32`, where the reader is. */
export function localClock(at: number): string {
  return localTime.format(at)
}

/** `14:07:32.902`, in UTC. */
export function utcClockMs(at: number): string {
  return new Date(at).toISOString().slice(11, 23)
}

/** `2026-11-23 14:07:32.902 UTC` */
export function exactUtc(at: number): string {
  const iso = new Date(at).toISOString()
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)} UTC`
}

/** `2026-11-23 15:07:32.902` where the reader is, with the zone's name. */
export function exactLocal(at: number): string {
  const ms = String(at % 1000).padStart(3, '0')
  return `${localDay.format(at)} ${localTime.format(at)}.${ms} ${localZone}`
}

/** A moment in UTC, and where the reader is; said once where both read the same. */
export function exactBoth(at: number): readonly string[] {
  const utc = exactUtc(at)
  const local = exactLocal(at)
  return local.startsWith(utc.slice(0, READING)) ? [utc] : [utc, local]
}

/** Those, each on a line of its own, for what is pointed at. */
export function exactTitle(at: number): string {
  return exactBoth(at).join('\n')
}
