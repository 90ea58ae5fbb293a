import * as z from 'zod'
import {
  consensusKeySchema,
  coordinatorIdSchema,
  idSchema,
  sequenceSchema,
  timestampSchema,
} from './ids'
import { luaArray } from './json'
import { iterationSchema } from './signal'

export const loopSchema = z.number().int().min(0).max(99)
export const DECISIONS = [
  'proceed',
  'relaunch',
  'defer',
  'escalate',
  'exhausted',
  'expired',
] as const
export const decisionSchema = z.enum(DECISIONS)
export type Decision = z.infer<typeof decisionSchema>

/** `average` of all votes, `every` single one, or the `owner`'s word. */
export const POLICIES = ['average', 'every', 'owner'] as const
export const policySchema = z.enum(POLICIES)
export type ConsensusPolicy = z.infer<typeof policySchema>

export { CONFIDENCE_UNIT } from './confidence-unit'
export const confidenceSchema = z.number().min(0).max(1)

const remark = z.string().max(500)
export const remarksSchema = luaArray(remark).pipe(z.array(remark).max(100))

export const voteSchema = z.object({
  validatorId: coordinatorIdSchema,
  confidence: confidenceSchema,
  issues: remarksSchema,
  recommendations: remarksSchema,
  at: timestampSchema,
  /** How often this validator had voted in this iteration before. */
  replaced: z.number().int().nonnegative().default(0),
})
export type Vote = z.infer<typeof voteSchema>

export const outcomeSchema = z.object({
  decision: decisionSchema,
  /** null where nobody voted. */
  average: confidenceSchema.nullable(),
  min: confidenceSchema.nullable(),
  missing: luaArray(coordinatorIdSchema),
  recommendations: luaArray(remark),
  issues: luaArray(remark),
  /** `system`, or the owner or operator who decided. */
  by: z.string(),
  at: timestampSchema,
})
export type Outcome = z.infer<typeof outcomeSchema>

/** One round of votes as the board shows it. */
export const consensusViewSchema = z.object({
  key: consensusKeySchema,
  swarmId: idSchema,
  loop: loopSchema,
  runId: idSchema,
  iteration: iterationSchema,
  threshold: confidenceSchema,
  policy: policySchema,
  validators: z.array(coordinatorIdSchema),
  quorum: z.number().int().positive(),
  openedAt: timestampSchema,
  deadline: timestampSchema,
  votes: z.array(voteSchema),
  outcome: outcomeSchema.optional(),
  seq: sequenceSchema,
})
export type ConsensusView = z.infer<typeof consensusViewSchema>
