import * as z from 'zod'
import { breakerViewSchema } from './breaker'
import { roleSchema } from './commands'
import { consensusViewSchema } from './consensus'
import { coordinatorViewSchema } from './coordinator'
import { eventSchema } from './events'
import {
  coordinatorIdSchema,
  idSchema,
  sequenceSchema,
  signalIdSchema,
  timestampSchema,
} from './ids'
import { jsonSchema } from './json'
import { ackVerdictSchema, signalAckSchema, signalViewSchema } from './signal'

/** `GET /api/v1/session`, and the answer of `POST`. */
export const sessionSchema = z.object({
  user: z.string(),
  role: roleSchema,
  expiresAt: timestampSchema,
  idleUntil: timestampSchema,
  /** Otherwise every sign-in needs a link. */
  hasPassword: z.boolean(),
})
export type Session = z.infer<typeof sessionSchema>

/** `POST /api/v1/session`: the one-time token of the link, or a name and password. */
export const signInSchema = z.union([
  z.object({ token: z.string().min(20).max(200), user: idSchema.optional() }).strict(),
  z.object({ user: idSchema, password: z.string().min(1).max(1024) }).strict(),
])
export type SignIn = z.infer<typeof signInSchema>

/** `GET /api/v1/coordinators` */
export const coordinatorListSchema = z.object({
  coordinators: z.array(coordinatorViewSchema),
  seq: sequenceSchema,
  serverTime: timestampSchema,
})

/** One ACK in a coordinator's drawer, checked again by the server when it was asked for. */
export const checkedAckSchema = z.object({
  signalId: signalIdSchema,
  target: coordinatorIdSchema,
  coordinatorId: coordinatorIdSchema,
  direction: z.enum(['given', 'received']),
  verdict: ackVerdictSchema,
  at: timestampSchema,
  latencyMs: z.number().nonnegative().optional(),
  keyId: z.string().optional(),
  /** The server signed for it: it came by HTTP. */
  signedBy: z.literal('server').optional(),
})
export type CheckedAck = z.infer<typeof checkedAckSchema>

export const workItemSchema = z.object({
  workId: idSchema,
  storedAt: timestampSchema,
  data: jsonSchema,
  from: coordinatorIdSchema.optional(),
})
export type WorkItem = z.infer<typeof workItemSchema>

/** What an escalation would do: shown before anybody confirms it. */
export const blastRadiusSchema = z.object({
  /** Pending signals that would be handed over. */
  signals: z.array(signalIdSchema),
  workItems: z.array(idSchema),
  /** Who waits for an ACK of it. */
  waiters: z.array(coordinatorIdSchema),
  /** Alive by the record: it can only be replaced by force. */
  alive: z.boolean(),
})
export type BlastRadius = z.infer<typeof blastRadiusSchema>

/** One life of an id that ended, with the evidence. */
export const escalationRecordSchema = z.object({
  coordinatorId: coordinatorIdSchema,
  epoch: z.number(),
  newCoordinatorId: coordinatorIdSchema,
  at: timestampSchema,
  by: z.string(),
  reason: z.string(),
  lastBeat: timestampSchema.optional(),
  movedSignals: z.number().int(),
  movedWorkItems: z.number().int(),
})
export type EscalationRecord = z.infer<typeof escalationRecordSchema>

/** `GET /api/v1/coordinators/{id}` */
export const coordinatorDetailSchema = z.object({
  coordinator: coordinatorViewSchema,
  serverTime: timestampSchema,
  signalsIn: z.array(signalViewSchema),
  signalsOut: z.array(signalViewSchema),
  acks: z.array(checkedAckSchema),
  work: z.array(workItemSchema),
  breakers: z.array(breakerViewSchema),
  escalations: z.array(escalationRecordSchema),
  events: z.array(eventSchema),
  blastRadius: blastRadiusSchema,
})
export type CoordinatorDetail = z.infer<typeof coordinatorDetailSchema>

/** `GET /api/v1/signals` */
export const signalListSchema = z.object({
  signals: z.array(signalViewSchema),
  next: z.string().optional(),
})
/** `GET /api/v1/signals/{id}` */
export const signalDetailSchema = z.object({
  signal: signalViewSchema,
  payload: jsonSchema.optional(),
  acks: z.array(signalAckSchema.extend({ verdict: ackVerdictSchema })),
})
export type SignalDetail = z.infer<typeof signalDetailSchema>

/** `GET /api/v1/consensus` */
export const consensusListSchema = z.object({ rounds: z.array(consensusViewSchema) })
/** `GET /api/v1/breakers` */
export const breakerListSchema = z.object({ breakers: z.array(breakerViewSchema) })
/** `GET /api/v1/swarms` */
export const swarmListSchema = z.object({
  swarms: z.array(
    z.object({
      swarmId: idSchema,
      coordinators: z.number().int(),
      label: z.enum(['sample', 'load']).optional(),
    }),
  ),
})
/**
 * `GET /api/v1/events?after=&before=&type=&coordinator=&actor=&q=&limit=`, oldest first; without `after` the latest.
 * `next`, as `after`, goes on behind the last one; `previous`, as `before`, goes further back, and is absent at the
 * beginning of the log. `oldest` is the first entry that the log still holds.
 */
export const eventPageSchema = z.object({
  events: z.array(eventSchema),
  next: sequenceSchema.optional(),
  previous: sequenceSchema.optional(),
  oldest: sequenceSchema.optional(),
})
export type EventPage = z.infer<typeof eventPageSchema>

/** `GET /api/v1/audit` */
export const auditEntrySchema = z.object({
  id: sequenceSchema,
  at: timestampSchema,
  who: z.string(),
  action: z.string(),
  targets: z.array(z.string()),
  reason: z.string().optional(),
  outcome: z.enum(['done', 'refused', 'failed']),
  detail: z.string().optional(),
  address: z.string().optional(),
  requestId: z.string().optional(),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>
export const auditPageSchema = z.object({
  entries: z.array(auditEntrySchema),
  next: sequenceSchema.optional(),
})
