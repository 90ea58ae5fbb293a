import { copyJson } from './copy-json'
import { isObject, isPlainCount, isPlainId, isPlainSignalId } from './plain'
import {
  type AnySignalType,
  type HandmadeSignal,
  handmadeSignalSchema,
  MAX_ITERATION,
  MAX_TARGETS,
  SIGNAL_TYPES,
  type Signal,
  signalSchema,
} from './signal'

/** What `signalSchema` makes of a value; undefined where that refuses it. */
export function readSignal(value: unknown): Signal | undefined {
  return plainSignal(value) ?? signalSchema.safeParse(value).data
}

/** What `handmadeSignalSchema` makes of a value, with its issues where that refuses it. */
export function readHandmadeSignal(
  value: unknown,
): ReturnType<typeof handmadeSignalSchema.safeParse> {
  const data: HandmadeSignal | undefined = plainSignal(value)
  return data ? { success: true, data } : handmadeSignalSchema.safeParse(value)
}

function plainSignal(value: unknown): Signal | undefined {
  if (!isObject(value)) return undefined
  const { signalId, source, targets, type, iteration, timestamp } = value
  if (!isPlainSignalId(signalId) || !isPlainId(source) || !isPlainTargets(targets)) return undefined
  if (!isType(type) || !isPlainCount(iteration) || iteration > MAX_ITERATION) return undefined
  if (!isPlainCount(timestamp)) return undefined
  const signal = { signalId, source, targets: [...targets], type, iteration, timestamp }
  if (value.payload === undefined) return signal
  const payload = copyJson(value.payload)
  return payload === undefined ? undefined : { ...signal, payload }
}

const types: ReadonlySet<unknown> = new Set(SIGNAL_TYPES)

function isType(value: unknown): value is AnySignalType {
  return types.has(value)
}

function isPlainTargets(value: unknown): value is string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_TARGETS) return false
  // Not `every`: that passes over holes.
  for (const it of value) if (!isPlainId(it)) return false
  return true
}
