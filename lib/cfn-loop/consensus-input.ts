import { z } from 'zod'
import {
  CONFIDENCE_UNIT,
  confidenceSchema,
  loopSchema,
  policySchema,
  remarksSchema,
} from '../protocol/consensus'
import { coordinatorIdSchema, ID_RULE, idSchema } from '../protocol/ids'
import { MAX_PAYLOAD_BYTES } from '../protocol/json'
import { iterationSchema } from '../protocol/signal'
import { InvalidInputError } from '../redis/errors'

export const MAX_VALIDATORS = 100
const LONGEST_DEADLINE_MS = 30 * 24 * 3600 * 1000

/** @throws InvalidInputError with the rule where `value` breaks it */
function check<T>(schema: z.ZodType<T>, field: string, value: unknown, rule: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new InvalidInputError(field, rule)
}

export const checkId = (field: string, value: unknown) =>
  check(idSchema, field, value, `must be ${ID_RULE}`)

/** A confidence or threshold as the integer that it is compared by. NaN and what is out of range is refused. */
export function checkMillionths(field: string, value: unknown): number {
  const fraction = check(confidenceSchema, field, value, 'must be a number from 0 to 1')
  return Math.round(fraction * CONFIDENCE_UNIT)
}

export const checkLoop = (value: unknown) =>
  check(loopSchema, 'loop', value, 'must be a whole number from 0 to 99')
export const checkIteration = (field: string, value: unknown) =>
  check(iterationSchema, field, value, 'must be a whole number from 0 on')
export const checkPolicy = (value: unknown) =>
  check(policySchema, 'policy', value, "must be 'average', 'every' or 'owner'")
export const checkDeadline = (value: unknown) =>
  check(
    z.number().int().min(1).max(LONGEST_DEADLINE_MS),
    'deadlineMs',
    value,
    'must be a whole number of milliseconds, at most 30 days',
  )

export function checkValidators(value: unknown): string[] {
  const validators = check(
    z.array(coordinatorIdSchema).min(1).max(MAX_VALIDATORS),
    'validators',
    value,
    `must be 1 to ${MAX_VALIDATORS} ids, each of ${ID_RULE}`,
  )
  if (new Set(validators).size !== validators.length) {
    throw new InvalidInputError('validators', 'must name each validator once')
  }
  return validators
}

export function checkQuorum(value: unknown, validators: number): number {
  return check(
    z.number().int().min(1).max(validators),
    'quorum',
    value,
    `must be a whole number from 1 to ${validators}, the number of validators`,
  )
}

/** Remarks as JSON text. */
export function checkRemarks(field: string, value: unknown): string {
  const remarks = check(
    remarksSchema,
    field,
    value ?? [],
    'must be at most 100 texts of at most 500 characters',
  )
  const json = JSON.stringify(remarks)
  if (Buffer.byteLength(json) > MAX_PAYLOAD_BYTES) {
    throw new InvalidInputError(field, `must be at most ${MAX_PAYLOAD_BYTES} bytes as JSON`)
  }
  return json
}
