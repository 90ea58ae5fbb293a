import type { z } from 'zod'
import type { CommandName, Role } from '@/lib/protocol/commands'

/** Who may call a route, and what it takes. Each route has one: a test lists them all. */
export interface RouteRule<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  /** The least role of a person; `public` needs no session. */
  readonly role: Role | 'public'
  /** The action that it carries out: the command refuses who may not, and says so in the audit. */
  readonly command?: CommandName
  /** Machines may call it as well, and see what their token is for. */
  readonly machines?: boolean
  /** Counts as an action of the caller. */
  readonly limit?: 'action'
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** Largest body, bytes. */
  readonly maxBytes?: number
}

export type AnyRouteRule = RouteRule<z.ZodType, z.ZodType, z.ZodType>
export const DEFAULT_MAX_BYTES = 64 * 1024
