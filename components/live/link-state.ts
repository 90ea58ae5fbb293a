import type { Connection } from '@/lib/view/knowledge'

/** How this page is connected to what it shows. Times are the server's clock, ms. */
export type LinkState =
  /** `since` is when a page that had a board gave its connection back. */
  | { readonly state: 'connecting'; readonly since?: number }
  | { readonly state: 'live' }
  | {
      readonly state: 'stale'
      /** This page cannot reach the server, or the server cannot reach Redis. */
      readonly reason: 'socket' | 'redis'
      readonly since: number
      readonly nextTryAt?: number
      readonly error?: string
    }

/** Why a page can no longer be live, and what it has to do. */
export type Ended = { readonly why: 'expired' } | { readonly why: 'reload' }

/** What the link means for who is alive: of a board that is not of now nobody can tell. */
export function connectionOf(link: LinkState): Connection {
  switch (link.state) {
    case 'live':
      return {}
    case 'connecting':
      return link.since === undefined ? {} : { link: { state: 'stale', since: link.since } }
    case 'stale': {
      const { since, nextTryAt } = link
      const span = { since, ...(nextTryAt === undefined ? {} : { nextTryAt }) }
      return link.reason === 'socket'
        ? { link: { state: 'stale', ...span } }
        : { redis: { state: 'down', ...span } }
    }
  }
}
