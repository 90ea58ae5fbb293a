import * as z from 'zod'
import { eventSchema } from './events'
import { sequenceSchema, timestampSchema } from './ids'
import { wireViewSchema } from './view'

/** What stands out on the time line. */
export const MARK_KINDS = ['death', 'escalation', 'decision'] as const
export type MarkKind = (typeof MARK_KINDS)[number]

/**
 * `GET /api/v1/history?from=&to=&buckets=`: how far back the board can be shown, and what happened when.
 * It begins no earlier than that, whatever `from` says.
 */
export const historyRangeSchema = z.object({
  serverTime: timestampSchema,
  /** The earliest moment that can be shown; absent when there is none but now. */
  oldest: timestampSchema.optional(),
  /** Whether that is where the log begins, or how far back it is kept. */
  reaches: z.enum(['beginning', 'kept']),
  from: timestampSchema,
  to: timestampSchema,
  /** Events per bucket; all buckets are of the same length and together reach from `from` to `to`. */
  buckets: z.array(z.number().int().nonnegative()),
  /** The latest in that range, oldest first. */
  marks: z.array(z.object({ at: timestampSchema, kind: z.enum(MARK_KINDS) })),
  /** Events before this have not been counted yet; asking again counts more. */
  countedFrom: timestampSchema,
})
export type HistoryRange = z.infer<typeof historyRangeSchema>

/**
 * `GET /api/v1/history/view?at=&lead=&follow=`: the board as it was. `view` is the same as in a socket's
 * snapshot, as of just before the first of `events`. With all of `events` that are not after `until` folded
 * in, it is the board at the moment that was asked for; without a `lead` there are none of these.
 */
export const historyViewSchema = z.object({
  seq: sequenceSchema,
  serverTime: timestampSchema,
  view: wireViewSchema,
  events: z.array(eventSchema),
  /** The last sequence that the moment may hold. */
  until: sequenceSchema,
  /** Nothing had been written after `events` when this was answered. */
  complete: z.boolean(),
})
export type HistoryView = z.infer<typeof historyViewSchema>

/** Most events that one answer carries before, and after, its moment. */
export const MOST_BESIDE = 500
