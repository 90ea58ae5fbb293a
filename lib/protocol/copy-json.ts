import type { Json } from './json'

/** Deeper ones are left to the schema: a payload has 8 levels at most. */
const LEVELS = 32

/** A copy of a value that plainly is what JSON can hold; undefined for all else, on which `jsonSchema` decides. */
export function copyJson(value: unknown, levels = LEVELS): Json | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : undefined
    case 'object':
      if (value === null) return null
      if (levels === 0) return undefined
      return Array.isArray(value) ? copyArray(value, levels - 1) : copyObject(value, levels - 1)
    default:
      return undefined
  }
}

function copyArray(values: readonly unknown[], levels: number): Json[] | undefined {
  const copy: Json[] = []
  for (const value of values) {
    const it = copyJson(value, levels)
    if (it === undefined) return undefined
    copy.push(it)
  }
  return copy
}

function copyObject(value: object, levels: number): { [key: string]: Json } | undefined {
  if (Object.getPrototypeOf(value) !== Object.prototype) return undefined
  const copy: { [key: string]: Json } = {}
  for (const key of Reflect.ownKeys(value)) {
    // Set on an object, this one would be its prototype; `constructor` is what the schema looks at.
    if (typeof key !== 'string' || key === '__proto__' || key === 'constructor') return undefined
    const it = copyJson((value as Record<string, unknown>)[key], levels)
    if (it === undefined) return undefined
    copy[key] = it
  }
  return copy
}
