import { type BoxEvent, EVENT_TYPES } from '@/lib/protocol/events'
import { eventConcerns } from '@/lib/view/event-concerns'

/** The first words of all types of events, in the order in which the protocol names them. */
export const FAMILIES: readonly string[] = [
  ...new Set(EVENT_TYPES.map((it) => it.slice(0, it.indexOf('.')))),
]

/** What the log shows, as its address holds it. Empty means everything. */
export interface LogFilter {
  /** A family, such as `signal`, or a whole type, such as `signal.acked`. */
  type: string
  coordinator: string
  /** Stands somewhere in the event. */
  text: string
}

export function logFilterOf(search: URLSearchParams): LogFilter {
  const type = search.get('type') ?? ''
  const known = FAMILIES.includes(type) || EVENT_TYPES.some((it) => it === type)
  return {
    type: known ? type : '',
    coordinator: search.get('of') ?? '',
    text: search.get('q') ?? '',
  }
}

/** The same parameters with this filter in them. */
export function withLogFilter(search: URLSearchParams, filter: LogFilter): URLSearchParams {
  const next = new URLSearchParams(search)
  for (const [name, value] of [
    ['type', filter.type],
    ['of', filter.coordinator],
    ['q', filter.text],
  ] as const) {
    if (value === '') next.delete(name)
    else next.set(name, value)
  }
  return next
}

/** The same filter in the words of the API. */
export function logQuery({ type, coordinator, text }: LogFilter): URLSearchParams {
  const query = new URLSearchParams()
  if (type !== '') query.set('type', FAMILIES.includes(type) ? `${type}.` : type)
  if (coordinator !== '') query.set('coordinator', coordinator)
  if (text !== '') query.set('q', text)
  return query
}

/** The same filter for events that come live. */
export function fitsLog(event: BoxEvent, { type, coordinator, text }: LogFilter): boolean {
  if (type !== '' && event.type !== type && !event.type.startsWith(`${type}.`)) return false
  if (coordinator !== '' && !eventConcerns(event, coordinator)) return false
  return text === '' || JSON.stringify(event).toLowerCase().includes(text.toLowerCase())
}
