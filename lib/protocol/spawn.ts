import * as z from 'zod'
import { labelSchema, phaseSchema } from './coordinator'
import { coordinatorIdSchema, epochSchema, idSchema, sequenceSchema, timestampSchema } from './ids'
import { iterationSchema } from './signal'

/** An entry of the stream `spawn`: a replacement that wants a process. Settled ones are taken out. */
export const spawnRequestSchema = z.object({
  /** The entry's id. */
  requestId: sequenceSchema,
  /** Under which id the process registers. */
  coordinatorId: coordinatorIdSchema,
  replaces: coordinatorIdSchema,
  swarmId: idSchema,
  epoch: epochSchema,
  /** Until when it has to beat, Redis' time. */
  deadline: timestampSchema,
  reason: z.string(),
  phase: phaseSchema.optional(),
  iteration: iterationSchema,
  label: labelSchema.optional(),
  /** Its predecessor's own threshold, ms; the namespace's where absent. */
  thresholdMs: z.number().positive().optional(),
})
export type SpawnRequest = z.infer<typeof spawnRequestSchema>
