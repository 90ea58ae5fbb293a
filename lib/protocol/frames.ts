import * as z from 'zod'
import { eventSchema } from './events'
import { coordinatorIdSchema, sequenceSchema, timestampSchema } from './ids'
import { wireViewSchema } from './view'

export { ClientEvent, PROTOCOL_VERSION, ServerEvent, SOCKET_PATH, STRIP_SLOTS } from './wire'

/** The first message of a page, and again when it has seen a gap (without `lastSeq`). Answered by a snapshot or a patch. */
export const helloSchema = z
  .object({ protocolVersion: z.number().int(), lastSeq: sequenceSchema.optional() })
  .strict()
export type Hello = z.infer<typeof helloSchema>

/** Asks for the beats of one coordinator as they come, for its drawer. */
export const watchSchema = z.object({ coordinatorId: coordinatorIdSchema }).strict()
export type Watch = z.infer<typeof watchSchema>

/** The whole board as of `seq`, with each coordinator's last beat as of `serverTime`. */
export const snapshotFrameSchema = z.object({
  seq: sequenceSchema,
  serverTime: timestampSchema,
  view: wireViewSchema,
})
export type SnapshotFrame = z.infer<typeof snapshotFrameSchema>

/** What happened after `fromSeq` up to and with `toSeq`. A page whose last sequence is not `fromSeq` asks for a snapshot. */
export const patchFrameSchema = z.object({
  fromSeq: sequenceSchema,
  toSeq: sequenceSchema,
  serverTime: timestampSchema,
  events: z.array(eventSchema),
})
export type PatchFrame = z.infer<typeof patchFrameSchema>

/**
 * The beats of one tick: `ids[i]` last beat `ages[i]` ms before `at`.
 * Columns, not objects, so that ten thousand of them stay small.
 */
export const beatFrameSchema = z.object({
  at: timestampSchema,
  ids: z.array(coordinatorIdSchema),
  ages: z.array(z.number().int().nonnegative()),
})
export type BeatFrame = z.infer<typeof beatFrameSchema>

/**
 * The recent beats of many coordinators, sent in pieces after a snapshot: for `ids[i]`, `strips[i]` holds the
 * gaps between its last beats, oldest first, in tenths of a second, at most STRIP_SLOTS, and `lastBeats[i]` is
 * when the last of them was.
 */
export const stripFrameSchema = z.object({
  ids: z.array(coordinatorIdSchema),
  lastBeats: z.array(timestampSchema),
  strips: z.array(z.array(z.number().int().nonnegative())),
})
export type StripFrame = z.infer<typeof stripFrameSchema>

/** How the server itself is, once a second and at every change. */
export const statusFrameSchema = z.object({
  serverTime: timestampSchema,
  /** Redis can be reached. `since` is when that last changed; `nextTryAt` when the server tries again. */
  redis: z.object({
    state: z.enum(['up', 'down']),
    since: timestampSchema,
    nextTryAt: timestampSchema.optional(),
    error: z.string().optional(),
  }),
  /** How old the newest event was when it reached this server, ms; null before the first. */
  eventLagMs: z.number().nonnegative().nullable(),
  eventsPerSecond: z.number().nonnegative(),
  beatsPerSecond: z.number().nonnegative(),
  clients: z.number().int().nonnegative(),
  lastSweepAt: timestampSchema.optional(),
})
export type StatusFrame = z.infer<typeof statusFrameSchema>

/** The beats of a watched coordinator: `beats` are times, ms, oldest first. */
export const detailFrameSchema = z.object({
  coordinatorId: coordinatorIdSchema,
  beats: z.array(timestampSchema),
})
export type DetailFrame = z.infer<typeof detailFrameSchema>

/** Your page speaks another version of this protocol: load it again. */
export const reloadFrameSchema = z.object({ protocolVersion: z.number().int() })
