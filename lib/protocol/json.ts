import * as z from 'zod'

/** Anything JSON can hold. */
export const jsonSchema = z.json()
export type Json = z.infer<typeof jsonSchema>

/** Largest payload of a signal or data of a work item, in bytes of its JSON text (UTF-8). */
export const MAX_PAYLOAD_BYTES = 16_384
/** Deepest nesting of a payload: `{}` is 1. */
export const MAX_PAYLOAD_DEPTH = 8

/**
 * Redis' Lua writes an empty table as `{}`, whatever it was meant to be.
 * An array that a script builds may therefore arrive as an empty object.
 */
export function luaArray<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.keys(value).length === 0
        ? []
        : value,
    z.array(item),
  )
}
