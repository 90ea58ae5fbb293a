import * as z from 'zod'
import { labelSchema, phaseSchema } from './coordinator'
import {
  coordinatorIdSchema,
  epochSchema,
  idSchema,
  instanceSchema,
  signalIdSchema,
  timestampSchema,
} from './ids'
import { jsonSchema } from './json'
import { iterationSchema, signalSchema, signalTypeSchema } from './signal'

/** What a coordinator that comes by HTTP shows with each call: that it is still the one that registered. */
const incarnation = {
  // An epoch is a time, or a little more: one from the far future could not be followed by another.
  epoch: epochSchema.max(100_000_000_000_000),
  instance: instanceSchema,
}
const milliseconds = z.number().int().min(100).max(31_536_000_000)

/** `POST /coordinators/{id}/registration`. Repeated with the same `instance`, it is the same registration. */
export const remoteRegistrationSchema = z
  .object({
    /** Random, and its own for as long as it runs. The server chooses one where none is given. */
    instance: instanceSchema.optional(),
    /** The epoch that it had, where its record was lost. */
    epoch: incarnation.epoch.optional(),
    /** Only with a token of one coordinator; that of a swarm says it. */
    swarmId: idSchema.optional(),
    phase: phaseSchema.optional(),
    iteration: iterationSchema.optional(),
    /** Silence beyond this means dead, ms. The namespace's where not given. */
    thresholdMs: milliseconds.optional(),
    /** ms */
    heartbeatIntervalMs: milliseconds.optional(),
    host: z.string().min(1).max(255).optional(),
    label: labelSchema.optional(),
    /** Shows that it may take up a replacement that was asked for. */
    claim: z.string().min(1).max(200).optional(),
  })
  .strict()
export type RemoteRegistration = z.infer<typeof remoteRegistrationSchema>

export const remoteRegisteredSchema = z.object({
  coordinatorId: coordinatorIdSchema,
  swarmId: idSchema,
  ...incarnation,
  /** A replacement, which its first beat makes active. */
  starting: z.boolean(),
  phase: phaseSchema.optional(),
  iteration: iterationSchema,
  thresholdMs: z.number().positive(),
  /** Beat at least so often, ms. */
  heartbeatIntervalMs: z.number().positive(),
  serverTime: timestampSchema,
})
export type RemoteRegistered = z.infer<typeof remoteRegisteredSchema>

/** `DELETE /coordinators/{id}/registration` */
export const remoteLeaveSchema = z.object(incarnation).strict()

/** `POST /coordinators/{id}/beats`: with any of the others, a beat with meaning. */
export const remoteBeatSchema = z
  .object({
    ...incarnation,
    phase: phaseSchema.optional(),
    iteration: iterationSchema.optional(),
    action: z.string().min(1).max(200).optional(),
  })
  .strict()
export const remoteBeatenSchema = z.object({
  serverTime: timestampSchema,
  thresholdMs: z.number().positive(),
})

/** Longest time that a call for signals is held open, ms. */
export const MAX_RECEIVE_WAIT_MS = 25_000

/** `POST /coordinators/{id}/inbox`: what is pending, oldest first; waits where there is nothing. Counts as a beat. */
export const receiveSchema = z
  .object({
    ...incarnation,
    /** Never longer than half the threshold, whatever is asked for, ms. */
    waitMs: z.number().int().min(0).max(MAX_RECEIVE_WAIT_MS).default(0),
    types: z.array(signalTypeSchema).min(1).max(10).optional(),
    limit: z.number().int().min(1).max(100).default(10),
  })
  .strict()
export const receivedSchema = z.object({
  signals: z.array(signalSchema),
  serverTime: timestampSchema,
})

/** `POST /coordinators/{id}/acks`. The answer is the ACK, signed by the server. */
export const remoteAckSchema = z
  .object({
    ...incarnation,
    signalId: signalIdSchema,
    phase: phaseSchema.optional(),
    /** What is acknowledged is settled only by a completion. */
    trackCompletion: z.boolean().default(false),
  })
  .strict()

/** `POST /coordinators/{id}/completions` */
export const remoteCompletionSchema = z
  .object({ ...incarnation, signalId: signalIdSchema, result: jsonSchema.optional() })
  .strict()
/** False when it was not acknowledged. */
export const remoteCompletedSchema = z.object({ completed: z.boolean() })
