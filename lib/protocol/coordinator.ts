import * as z from 'zod'
import {
  coordinatorIdSchema,
  epochSchema,
  idSchema,
  instanceSchema,
  sequenceSchema,
  signalIdSchema,
  timestampSchema,
} from './ids'
import { LIVENESS } from './liveness'
import { iterationSchema } from './signal'

/** A phase is free text for people, such as `loop-3-implementation`. */
export const phaseSchema = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\p{Cc}]+$/u, 'must not hold control characters')

export const WAIT_KINDS = ['acks', 'signal', 'decision'] as const

/** What a coordinator blocks on. */
export const waitSchema = z.object({
  waitId: idSchema,
  kind: z.enum(WAIT_KINDS),
  /** Who it waits for; empty when anybody could send the signal. */
  on: z.array(coordinatorIdSchema),
  signalId: signalIdSchema.optional(),
  /** The consensus that it waits for, `swarm:loop:run:iteration`. */
  consensus: z.string().optional(),
  since: timestampSchema,
  until: timestampSchema,
})
export type Wait = z.infer<typeof waitSchema>

/** Where the process is, as far as it said. */
export const processSchema = z.object({
  pid: z.number().int().positive().optional(),
  host: z.string().max(255).optional(),
})

/** `sample` and `load` mark what is not anybody's real work; the board always says so. */
export const labelSchema = z.enum(['sample', 'load'])

/** A coordinator as the board shows it: the fold of its events, and of its hash alike. */
export const coordinatorViewSchema = z.object({
  id: coordinatorIdSchema,
  swarmId: idSchema,
  liveness: z.enum(LIVENESS),
  phase: phaseSchema.optional(),
  iteration: iterationSchema,
  epoch: epochSchema,
  /** Absent until a replacement was adopted by a process. */
  instance: instanceSchema.optional(),
  /** Silence beyond this, and a little slack, means dead, ms. */
  thresholdMs: z.number().positive(),
  heartbeatIntervalMs: z.number().positive(),
  registeredAt: timestampSchema,
  /** As of the snapshot or the last event; fresher ones come in beat frames. */
  lastBeat: timestampSchema,
  /** The last thing it did that meant something, apart from beating. */
  lastAction: z.object({ what: z.string(), at: timestampSchema }).optional(),
  waits: z.array(waitSchema),
  /** When it last changed its liveness. */
  livenessSince: timestampSchema,
  process: processSchema.optional(),
  label: labelSchema.optional(),
  /** Registered by a handler for something that has no process of its own. */
  byHand: z.boolean().optional(),
  replaces: coordinatorIdSchema.optional(),
  replacedBy: coordinatorIdSchema.optional(),
  /** Until when a replacement has to come, while `starting`. */
  startDeadline: timestampSchema.optional(),
  /** Work items in hand. */
  workItems: z.number().int().nonnegative(),
  /** Writes of fenced incarnations of this id that were refused. */
  refusedWrites: z.number().int().nonnegative(),
  seq: sequenceSchema,
})
export type CoordinatorView = z.infer<typeof coordinatorViewSchema>
