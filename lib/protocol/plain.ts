import { type CoordinatorId, idPattern, signalIdPattern } from './ids'

/*
 * What every signal and every ACK passes through, some of it several times, is read quickly where it
 * plainly is what it should be: by guards such as these, ten times as fast as by a schema. They never refuse:
 * of all that is not plain the schema decides, which thereby stays the one rule.
 */

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isPlainId(value: unknown): value is CoordinatorId {
  return typeof value === 'string' && idPattern.test(value)
}

export function isPlainSignalId(value: unknown): value is string {
  return typeof value === 'string' && signalIdPattern.test(value)
}

/** A time, an epoch, a count. */
export function isPlainCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
