import * as z from 'zod'
import {
  consensusKeySchema,
  coordinatorIdSchema,
  idSchema,
  signalIdSchema,
  timestampSchema,
} from './ids'
import { jsonSchema } from './json'
import { ROLES, type Role } from './roles'
import { iterationSchema, MAX_TARGETS, signalTypeSchema } from './signal'

export { ROLES, type Role, roleAtLeast } from './roles'
export const roleSchema = z.enum(ROLES)

/** In characters. */
export const MAX_REASON = 500
/** Why somebody does it; stands in the log and the audit. */
export const reasonSchema = z
  .string()
  .trim()
  .min(3, 'say why, in at least 3 characters')
  .max(MAX_REASON)

/** One per press of a button: the same id again is the same action, whose first result is answered. */
export const requestIdSchema = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)

const action = z.object({ requestId: requestIdSchema.optional() }).strict()

/** The actions of an operator, in the imperative; an input schema each. Ids that stand in a URL are merged in by the route. */
export const commandInputs = {
  'escalate-coordinator': action.extend({
    coordinatorId: coordinatorIdSchema,
    reason: reasonSchema,
    force: z.boolean().default(false),
  }),
  'cleanup-coordinator': action.extend({
    coordinatorId: coordinatorIdSchema,
    reason: reasonSchema,
  }),
  'forget-coordinator': action.extend({ coordinatorId: coordinatorIdSchema, reason: reasonSchema }),
  'cancel-pending-signals': action.extend({
    coordinatorId: coordinatorIdSchema,
    reason: reasonSchema,
  }),
  'send-signal': action.extend({
    targets: z.array(coordinatorIdSchema).min(1).max(MAX_TARGETS),
    type: signalTypeSchema,
    iteration: iterationSchema.default(0),
    payload: jsonSchema.optional(),
    idempotencyKey: idSchema.optional(),
  }),
  'cancel-signal': action.extend({ signalId: signalIdSchema, reason: reasonSchema }),
  'set-breaker-state': action.extend({
    owner: idSchema,
    name: idSchema,
    state: z.enum(['open', 'closed', 'reset']),
    reason: reasonSchema,
  }),
  'decide-consensus': action.extend({
    key: consensusKeySchema,
    decision: z.enum(['proceed', 'defer', 'escalate']),
    reason: reasonSchema,
  }),
  'acknowledge-attention': action.extend({ entry: z.string().min(1).max(400) }),
  'snooze-attention': action.extend({ entry: z.string().min(1).max(400), until: timestampSchema }),
} as const

export type CommandName = keyof typeof commandInputs
export type CommandInput<N extends CommandName> = z.infer<(typeof commandInputs)[N]>

/** The least role that may carry an action out. */
export const commandRoles: Record<CommandName, Role> = {
  'escalate-coordinator': 'operator',
  'cleanup-coordinator': 'operator',
  'forget-coordinator': 'operator',
  'cancel-pending-signals': 'operator',
  'send-signal': 'operator',
  'cancel-signal': 'operator',
  'set-breaker-state': 'operator',
  'decide-consensus': 'operator',
  'acknowledge-attention': 'operator',
  'snooze-attention': 'operator',
}

/** What each action answers. */
export const commandResults = {
  'escalate-coordinator': z.object({
    coordinatorId: coordinatorIdSchema,
    newCoordinatorId: coordinatorIdSchema,
    swarmId: idSchema,
    claimed: z.boolean(),
  }),
  'cleanup-coordinator': z.object({ coordinatorId: coordinatorIdSchema }),
  'forget-coordinator': z.object({ coordinatorId: coordinatorIdSchema }),
  'cancel-pending-signals': z.object({
    coordinatorId: coordinatorIdSchema,
    /** How many signals were taken out of its inbox. */
    cancelled: z.number().int().nonnegative(),
  }),
  'send-signal': z.object({
    signalId: signalIdSchema,
    isDuplicate: z.boolean(),
    timestamp: timestampSchema,
    idempotencyKey: idSchema,
  }),
  'cancel-signal': z.object({ signalId: signalIdSchema, cancelled: z.array(coordinatorIdSchema) }),
  'set-breaker-state': z.object({
    owner: idSchema,
    name: idSchema,
    state: z.enum(['open', 'closed', 'reset']),
  }),
  'decide-consensus': z.object({
    key: consensusKeySchema,
    decision: z.enum(['proceed', 'defer', 'escalate']),
  }),
  'acknowledge-attention': z.object({ entry: z.string() }),
  'snooze-attention': z.object({ entry: z.string(), until: timestampSchema }),
} as const
export type CommandResult<N extends CommandName> = z.infer<(typeof commandResults)[N]>

/** Actions that can be carried out on many coordinators at once, each with its own result and audit entry. */
export const BULK_COMMANDS = [
  'escalate-coordinator',
  'cancel-pending-signals',
  'cleanup-coordinator',
  'forget-coordinator',
] as const satisfies readonly CommandName[]
export type BulkCommand = (typeof BULK_COMMANDS)[number]
/** As many as a board can hold, so that a filter never has to be cut in pieces. */
export const MAX_BULK = 20_000
/** Largest body that names so many, bytes. */
export const MAX_BULK_BYTES = MAX_BULK * 67 + 4096

/** `POST /api/v1/coordinators/actions`: counts once against the limit of actions. */
export const bulkInputSchema = z
  .object({
    action: z.enum(BULK_COMMANDS),
    coordinatorIds: z.array(coordinatorIdSchema).min(1).max(MAX_BULK),
    reason: reasonSchema,
    requestId: requestIdSchema,
  })
  .strict()
export type BulkInput = z.infer<typeof bulkInputSchema>

/** What came of it for one target. */
export const bulkTargetResultSchema = z.object({
  coordinatorId: coordinatorIdSchema,
  done: z.boolean(),
  /** Escalated: who replaces it. */
  newCoordinatorId: coordinatorIdSchema.optional(),
  /** How many pending signals were cancelled. */
  cancelled: z.number().int().nonnegative().optional(),
  /** Not done: why, and what to do. */
  why: z.string().optional(),
  hint: z.string().optional(),
  /** Nobody knows whether it was done; the same press can be repeated. */
  unsure: z.literal(true).optional(),
})
export type BulkTargetResult = z.infer<typeof bulkTargetResultSchema>

/**
 * What came of it, in the order of the ids, each once. Who accepts `application/x-ndjson` is sent the results
 * one a line instead, each as soon as it is there.
 */
export const bulkResultSchema = z.object({ results: z.array(bulkTargetResultSchema) })
export type BulkResult = z.infer<typeof bulkResultSchema>
export const BULK_LINES = 'application/x-ndjson'
