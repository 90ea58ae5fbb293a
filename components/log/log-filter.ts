import { type BoxEvent, EVENT_TYPES } from '@/lib/protocol/events'
import { ACTOR_KINDS, isEventBy } from '@/lib/view/event-actor'
import { eventConcerns } from '@/lib/view/event-concerns'
import { eventHolds } from '@/lib/view/event-holds'

/** The first words of all types of events, in the order in which the protocol names them. */
export const FAMILIES: readonly string[] = [
  ...new Set(EVENT_TYPES.map((it) => it.slice(0, it.indexOf('.')))),
]

/** What the log shows, as its address holds it. Empty means everything. */
export interface LogFilter {
  /** A family, such as `signal`, or a whole type, such as `signal.acked`. */
  type: string
  coordinator: string
  /** Who caused it: a kind, such as `operator`, or somebody, such as `operator:ada`. */
  actor: string
  /** Stands somewhere in the event. */
  text: string
}

export function logFilterOf(search: URLSearchParams): LogFilter {
  const type = search.get('type') ?? ''
  const known = FAMILIES.includes(type) || EVENT_TYPES.some((it) => it === type)
  return {
    type: known ? type : '',
    coordinator: search.get('of') ?? '',
    actor: search.get('by') ?? '',
    text: search.get('q') ?? '',
  }
}

/** The same parameters with this filter in them. */
export function withLogFilter(search: URLSearchParams, filter: LogFilter): URLSearchParams {
  const next = new URLSearchParams(search)
  for (const [name, value] of [
    ['type', filter.type],
    ['of', filter.coordinator],
    ['by', filter.actor],
    ['q', filter.text],
  ] as const) {
    if (value === '') next.delete(name)
    else next.set(name, value)
  }
  return next
}

/** The same filter in the words of the API. */
export function logQuery({ type, coordinator, actor, text }: LogFilter): URLSearchParams {
  const query = new URLSearchParams()
  if (type !== '') query.set('type', FAMILIES.includes(type) ? `${type}.` : type)
  if (coordinator !== '') query.set('coordinator', coordinator)
  if (actor !== '') query.set('actor', actorQuery(actor))
  if (text !== '') query.set('q', text)
  return query
}

function actorQuery(actor: string): string {
  return ACTOR_KINDS.some((it) => it === actor) ? `${actor}:` : actor
}

/** The same filter for events that come live. */
export function fitsLog(event: BoxEvent, { type, coordinator, actor, text }: LogFilter): boolean {
  if (type !== '' && event.type !== type && !event.type.startsWith(`${type}.`)) return false
  if (coordinator !== '' && !eventConcerns(event, coordinator)) return false
  if (actor !== '' && !isEventBy(event, actorQuery(actor))) return false
  return text === '' || eventHolds(event, text)
}

const ACTORS: Readonly<Record<string, string>> = {
  coordinator: 'a coordinator',
  operator: 'an operator',
  monitor: 'a monitor',
  spawner: 'a spawner',
  system: 'the system',
}

/** A filter in words, to go on from *No event*: ` of type signal by an operator`. */
export function logFilterWords({ type, coordinator, actor, text }: LogFilter): string {
  return [
    type === '' ? '' : ` of type ${type}`,
    coordinator === '' ? '' : ` of ${coordinator}`,
    actor === '' ? '' : ` by ${ACTORS[actor] ?? actor}`,
    text === '' ? '' : ` with “${text}”`,
  ].join('')
}
