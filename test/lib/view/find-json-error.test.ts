import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findJsonError } from '@/lib/view/find-json-error'

test.each([
  ['{"a": ?}', 6],
  ['[1, 2,]', 6],
  ['{"a": 1,}', 8],
  ['{a: 1}', 1],
  ["{'a': 1}", 1],
  ['[1 2]', 3],
  ['{"a" 1}', 5],
  ['[}', 1],
  ['01', 1],
  ['1 2', 2],
  ['"a', 0],
  [']', 0],
  ['{"a": 1', 7],
  ['', 0],
])('%s breaks at %i', (input, at) => {
  expect(findJsonError(input)).toBe(at)
})

test('finds an error exactly where the engine’s own parser does', () => {
  const parses = (input: string) => {
    try {
      JSON.parse(input)
      return true
    } catch {
      return false
    }
  }
  fc.assert(
    fc.property(fc.json(), (json) => findJsonError(json) === undefined),
    { numRuns: 500 },
  )
  // A JSON text with one character taken out, put in or changed.
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ',', ':', '"', '{', ']', '1', 'x', ' ', '\\', '.', '-'),
      fc.boolean(),
      (json, where, change, replace) => {
        const at = where % (json.length + 1)
        const input = json.slice(0, at) + change + json.slice(at + (replace ? 1 : 0))
        return (findJsonError(input) === undefined) === parses(input)
      },
    ),
    { numRuns: 5_000 },
  )
})
