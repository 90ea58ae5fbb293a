import { z } from 'zod'
import { consensusKeySchema, coordinatorIdSchema, idSchema } from '@/lib/protocol/ids'
import { iterationSchema } from '@/lib/protocol/signal'

const place = {
  runId: idSchema,
  iteration: iterationSchema,
  /** The round in which to vote about it. */
  round: consensusKeySchema,
}
const tourSchema = z.array(z.number().int().nonnegative()).max(200)

export const deliverySchema = z.object({
  kind: z.literal('delivery'),
  runId: idSchema,
  iteration: iterationSchema,
  by: coordinatorIdSchema,
  task: z.string().max(200),
  tour: tourSchema,
})

/** What a lead asks for, as the payload of its signals. */
export const jobSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('implement'), ...place }),
  z.object({ kind: z.literal('review'), ...place, deliveries: z.array(deliverySchema) }),
  z.object({ kind: z.literal('decide'), ...place, average: z.number() }),
])
export type Job = z.infer<typeof jobSchema>
export type JobOf<K extends Job['kind']> = Extract<Job, { kind: K }>

/** A job in hand, kept as a work item: whoever takes the place of a dead one goes on with it. */
export const jobInHandSchema = z.object({ from: coordinatorIdSchema, job: jobSchema })
export type JobInHand = z.infer<typeof jobInHandSchema>
