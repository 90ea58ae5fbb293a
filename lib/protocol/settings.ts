import * as z from 'zod'
import { roleSchema } from './commands'
import { idSchema, timestampSchema } from './ids'

/** Shortest password that is taken. */
export const MIN_PASSWORD_LENGTH = 12
export const MAX_PASSWORD_LENGTH = 1024
export const newPasswordSchema = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `must have at least ${MIN_PASSWORD_LENGTH} characters`)
  .max(MAX_PASSWORD_LENGTH)

/** The SHA-256 of a session's or machine's token, in hex: names it, opens nothing. */
export const tokenIdSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** `GET /api/v1/users` */
export const userSchema = z.object({
  name: idSchema,
  role: roleSchema,
  createdAt: timestampSchema,
  createdBy: z.string(),
  hasPassword: z.boolean(),
})
export const userListSchema = z.object({ users: z.array(userSchema) })
export type User = z.infer<typeof userSchema>

/** `POST /api/v1/users`: without a password the new user comes in by the link of the answer. */
export const newUserSchema = z.object({ name: idSchema, role: roleSchema }).strict()
/** A one-time link: the path, with the token in its fragment, and until when it works. */
export const signInLinkSchema = z.object({
  user: idSchema,
  path: z.string(),
  until: timestampSchema,
})
export type SignInLink = z.infer<typeof signInLinkSchema>

/** `POST /api/v1/users/{name}/password`: the only time that it is shown. */
export const temporaryPasswordSchema = z.object({ user: idSchema, password: newPasswordSchema })
export type TemporaryPassword = z.infer<typeof temporaryPasswordSchema>

/** `POST /api/v1/users/{name}/role` */
export const roleChangeSchema = z.object({ role: roleSchema }).strict()

/** `POST /api/v1/session/password`: one's own. `current` where there is one. */
export const passwordChangeSchema = z
  .object({ current: z.string().max(MAX_PASSWORD_LENGTH).optional(), password: newPasswordSchema })
  .strict()

/** `GET /api/v1/sessions`: one's own; an admin sees everybody's. */
export const sessionEntrySchema = z.object({
  id: tokenIdSchema,
  user: idSchema,
  role: roleSchema,
  createdAt: timestampSchema,
  lastSeenAt: timestampSchema,
  expiresAt: timestampSchema,
  idleUntil: timestampSchema,
  address: z.string(),
  userAgent: z.string().optional(),
  /** The one that asks. */
  own: z.boolean(),
})
export const sessionListSchema = z.object({ sessions: z.array(sessionEntrySchema) })
export type SessionEntry = z.infer<typeof sessionEntrySchema>

/** What a machine token opens: one coordinator, all of one swarm, or only the metrics. */
const acts = z.boolean().optional()
/** `acts`: it may also take part in the name of what it opens: register, beat, receive, acknowledge. */
export const machineScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('coordinator'), id: idSchema, acts }).strict(),
  z.object({ kind: z.literal('swarm'), id: idSchema, acts }).strict(),
  z.object({ kind: z.literal('metrics') }).strict(),
])
export type MachineScope = z.infer<typeof machineScopeSchema>

/** `GET /api/v1/tokens` */
export const machineTokenSchema = z.object({
  id: tokenIdSchema,
  name: idSchema,
  scope: machineScopeSchema,
  createdAt: timestampSchema,
  createdBy: z.string(),
  lastUsedAt: timestampSchema.optional(),
})
export const machineTokenListSchema = z.object({ tokens: z.array(machineTokenSchema) })
export type MachineToken = z.infer<typeof machineTokenSchema>

/** `POST /api/v1/tokens` */
export const newMachineTokenSchema = z
  .object({ name: idSchema, scope: machineScopeSchema })
  .strict()
/** Its answer: the only time that the token is shown. */
export const createdMachineTokenSchema = z.object({ id: tokenIdSchema, token: z.string() })

/** An answer that says no more than that it is done. */
export const doneSchema = z.object({ done: z.literal(true) })
