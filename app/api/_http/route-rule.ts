import type { z } from 'zod'
import type { CommandName, Role } from '@/lib/protocol/commands'

/** Who may call a route, and what it takes. Each route has one: a test lists them all. */
export interface RouteRule<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  /** The least role of a person; `public` needs no session. */
  readonly role: Role | 'public'
  /** The action that it carries out, on one or on many: it refuses who may not, and says so in the audit. */
  readonly command?: CommandName | 'bulk'
  /**
   * Machines may call it as well, and see what their token is for; `acting`: only machines, and only
   * with a token that lets them take part.
   */
  readonly machines?: true | 'acting'
  /** Counts as an action of the caller, or, of a coordinator that comes by HTTP, as a call. */
  readonly limit?: 'action' | 'call'
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** Largest body, bytes. */
  readonly maxBytes?: number
}

export type AnyRouteRule = RouteRule<z.ZodType, z.ZodType, z.ZodType>
export const DEFAULT_MAX_BYTES = 64 * 1024
