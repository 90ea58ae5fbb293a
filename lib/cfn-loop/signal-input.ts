import { ID_RULE, idPattern, SIGNAL_ID_RULE, signalIdPattern } from '../protocol/ids'
import { MAX_PAYLOAD_BYTES, MAX_PAYLOAD_DEPTH } from '../protocol/json'
import { readHandmadeSignal } from '../protocol/read-signal'
import {
  type AnySignalType,
  type HandmadeSignal,
  MAX_TARGETS,
  SIGNAL_TYPES,
} from '../protocol/signal'
import { InvalidInputError } from '../redis/errors'

/** @throws InvalidInputError naming the field and the rule; so do all of this file */
export function checkId(field: string, value: unknown): string {
  if (typeof value === 'string' && idPattern.test(value)) return value
  throw new InvalidInputError(field, `must be ${ID_RULE}`)
}

export function checkSignalId(field: string, value: unknown): string {
  if (typeof value === 'string' && signalIdPattern.test(value)) return value
  throw new InvalidInputError(field, `must be ${SIGNAL_ID_RULE}`)
}

export function checkSignalType(field: string, value: unknown): AnySignalType {
  const type = SIGNAL_TYPES.find((it) => it === value)
  if (type) return type
  throw new InvalidInputError(field, `must be one of ${SIGNAL_TYPES.join(', ')}`)
}

export function checkIteration(field: string, value: unknown): number {
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 999_999_999) {
    return Number(value)
  }
  throw new InvalidInputError(field, 'must be a whole number from 0 to 999999999')
}

/** Each id once, in the order given. */
export function checkTargets(field: string, value: unknown): string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_TARGETS) {
    throw new InvalidInputError(field, `must be 1 to ${MAX_TARGETS} ids`)
  }
  return [...new Set(value.map((it: unknown) => checkId(field, it)))]
}

/** A time to wait, ms: 0 does not wait, Infinity waits for ever. */
export function checkTimeout(field: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0) return value
  throw new InvalidInputError(field, 'must be a number of milliseconds, 0 or more')
}

/** A time that something is kept, s; answers ms. */
export function checkSeconds(field: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0.001 && value <= 31_536_000) {
    return Math.ceil(value * 1000)
  }
  throw new InvalidInputError(field, 'must be a number of seconds, more than 0 and at most a year')
}

export interface JsonText {
  /** '' where there is nothing. */
  readonly json: string
  readonly bytes: number
}

/** What is sent with a signal, as JSON. */
export function checkJson(field: string, value: unknown): JsonText {
  if (value === undefined) return { json: '', bytes: 0 }
  const json = stringify(value)
  if (json === undefined) {
    throw new InvalidInputError(field, 'must be something that JSON can hold')
  }
  const bytes = Buffer.byteLength(json)
  if (bytes > MAX_PAYLOAD_BYTES) {
    throw new InvalidInputError(field, `must be at most ${MAX_PAYLOAD_BYTES} bytes of JSON`)
  }
  // Few have as many brackets as would be needed, wherever those stand.
  if (brackets(json) > MAX_PAYLOAD_DEPTH && isDeeper(JSON.parse(json), MAX_PAYLOAD_DEPTH)) {
    throw new InvalidInputError(field, `must be nested at most ${MAX_PAYLOAD_DEPTH} deep`)
  }
  return { json, bytes }
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

function brackets(json: string): number {
  let count = 0
  for (const bracket of ['{', '[']) {
    let at = json.indexOf(bracket)
    for (; at >= 0; at = json.indexOf(bracket, at + 1)) count += 1
  }
  return count
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  return Object.values(value).some((it) => isDeeper(it, levels - 1))
}

/** A signal as somebody hands it in to be acknowledged: what they were given, or made themselves. */
export function checkHandmadeSignal(value: unknown): HandmadeSignal {
  const parsed = readHandmadeSignal(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = ['signal', ...(issue?.path ?? [])].join('.')
  throw new InvalidInputError(path, issue?.message ?? 'must be a signal')
}
