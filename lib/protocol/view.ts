import * as z from 'zod'
import { breakerViewSchema } from './breaker'
import { consensusViewSchema } from './consensus'
import { coordinatorViewSchema } from './coordinator'
import { coordinatorIdSchema, idSchema, sequenceSchema, timestampSchema } from './ids'
import { signalViewSchema } from './signal'

/** A request for a replacement that is not settled. */
export const spawnViewSchema = z.object({
  coordinatorId: coordinatorIdSchema,
  replaces: coordinatorIdSchema,
  swarmId: idSchema,
  state: z.enum(['requested', 'claimed', 'running', 'failed']),
  deadline: timestampSchema,
  spawnerId: z.string().optional(),
  reason: z.string().optional(),
  at: timestampSchema,
  seq: sequenceSchema,
})
export type SpawnView = z.infer<typeof spawnViewSchema>

/** An attention entry that somebody acknowledged or snoozed. */
export const attentionMarkSchema = z.object({
  entry: z.string().max(400),
  kind: z.enum(['acknowledged', 'snoozed']),
  by: z.string(),
  at: timestampSchema,
  until: timestampSchema.optional(),
  seq: sequenceSchema,
})
export type AttentionMark = z.infer<typeof attentionMarkSchema>

/** Whether the namespace can tell who is alive. */
export const monitorViewSchema = z.object({
  lastSweepAt: timestampSchema.optional(),
  graceUntil: timestampSchema.optional(),
  graceCause: z.enum(['gap', 'restart', 'clock']).optional(),
})
export type MonitorView = z.infer<typeof monitorViewSchema>

/** The board on the wire. In memory it is a `View` of maps, `lib/view/view.ts`. */
export const wireViewSchema = z.object({
  seq: sequenceSchema,
  at: timestampSchema,
  namespace: z.string(),
  coordinators: z.array(coordinatorViewSchema),
  /** All that is pending, and the latest of the settled. */
  signals: z.array(signalViewSchema),
  consensus: z.array(consensusViewSchema),
  breakers: z.array(breakerViewSchema),
  spawns: z.array(spawnViewSchema),
  marks: z.array(attentionMarkSchema),
  monitor: monitorViewSchema,
})
export type WireView = z.infer<typeof wireViewSchema>
