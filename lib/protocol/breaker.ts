import * as z from 'zod'
import { idSchema, sequenceSchema, timestampSchema } from './ids'

export const BREAKER_STATES = ['closed', 'open', 'half-open'] as const
export const breakerStateSchema = z.enum(BREAKER_STATES)
export type BreakerState = z.infer<typeof breakerStateSchema>

/** One change of a breaker's state, with the time at which it happened, which may be long before it could be told. */
export const breakerTransitionSchema = z.object({ state: breakerStateSchema, at: timestampSchema })
export type BreakerTransition = z.infer<typeof breakerTransitionSchema>

/** A breaker as its owner last published it. */
export const breakerViewSchema = z.object({
  owner: idSchema,
  name: idSchema,
  state: breakerStateSchema,
  since: timestampSchema,
  /** Consecutive failures. */
  failures: z.number().int().nonnegative(),
  /** When an open breaker lets its first probe through. */
  retryAt: timestampSchema.optional(),
  lastError: z.string().max(500).optional(),
  /** Calls since the one before this publication, and how many of them failed. */
  calls: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  /** When that was; absent where its owner has published it but once. */
  countedFrom: timestampSchema.optional(),
  publishedAt: timestampSchema,
  /** The last transitions, oldest first, at most 20. */
  transitions: z.array(breakerTransitionSchema),
  /** An operator's wish, until the owner obeyed it. */
  forced: z
    .object({
      state: z.enum(['open', 'closed', 'reset']),
      by: z.string(),
      reason: z.string(),
      at: timestampSchema,
      obeyedAt: timestampSchema.optional(),
    })
    .optional(),
  seq: sequenceSchema,
})
export type BreakerView = z.infer<typeof breakerViewSchema>
