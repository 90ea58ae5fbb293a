import * as z from 'zod'
import { consensusKeySchema } from '../protocol/ids'
import { type Json, jsonSchema } from '../protocol/json'

/** What a parent sends to its validators: the work to judge, and the round to vote in. */
export const validationTaskSchema = z.object({ task: jsonSchema, consensus: consensusKeySchema })
export type ValidationTask = z.infer<typeof validationTaskSchema>

/** The task in a signal's payload, or undefined where it is none. */
export function parseValidationTask(payload: Json | undefined): ValidationTask | undefined {
  const parsed = validationTaskSchema.safeParse(payload)
  return parsed.success ? parsed.data : undefined
}
