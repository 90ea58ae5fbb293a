import type { MonitorView } from '../protocol/view'

/**
 * Whether anybody can tell who is alive right now. When nobody can, everyone who is expected to
 * beat is `unknown`, and nobody is shown dying.
 */
export type Knowledge =
  | { readonly can: true }
  | {
      readonly can: false
      /** The server cannot reach Redis, this page cannot reach the server, or a monitor's grace. */
      readonly why: 'redis' | 'link' | 'grace'
      readonly since?: number
      /** When the next try is, or when the grace ends. */
      readonly until?: number
      readonly cause?: NonNullable<MonitorView['graceCause']>
    }

/** How this page and its server are connected, as the live store knows it. */
export interface Connection {
  readonly redis?: {
    readonly state: 'up' | 'down'
    readonly since: number
    readonly nextTryAt?: number
  }
  readonly link?: {
    readonly state: 'live' | 'stale'
    readonly since?: number
    readonly nextTryAt?: number
  }
}

export function knowledgeOf(monitor: MonitorView, connection: Connection, now: number): Knowledge {
  const { redis, link } = connection
  if (link?.state === 'stale')
    return { can: false, why: 'link', ...span(link.since, link.nextTryAt) }
  if (redis?.state === 'down')
    return { can: false, why: 'redis', ...span(redis.since, redis.nextTryAt) }
  if (monitor.graceUntil !== undefined && monitor.graceUntil > now)
    return {
      can: false,
      why: 'grace',
      until: monitor.graceUntil,
      ...(monitor.graceCause === undefined ? {} : { cause: monitor.graceCause }),
    }
  return { can: true }
}

function span(since: number | undefined, until: number | undefined) {
  return {
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  }
}
