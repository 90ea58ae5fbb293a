import { expect, test } from 'vitest'
import * as z from 'zod'
import { brokenRules } from '@/lib/protocol/broken-rules'

const schema = z.strictObject({
  limit: z.number().max(10, 'at most 10'),
  scope: z.strictObject({ id: z.string() }),
})
const rulesOf = (value: unknown) => {
  const { error } = schema.safeParse(value)
  return error ? brokenRules(error) : []
}

test('each field is named by its path, also one that nobody asked for', () => {
  expect(rulesOf({ limit: 11, scope: { id: 'a', ids: 1 }, limitt: 1, x: 2 })).toEqual([
    { field: 'limit', rule: 'at most 10' },
    { field: 'scope.ids', rule: 'is not known here' },
    { field: 'limitt', rule: 'is not known here' },
    { field: 'x', rule: 'is not known here' },
  ])
  expect(rulesOf('text')).toMatchObject([{ field: 'body' }])
})

test('of very many only the first are named', () => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`x${i}`, 1]))
  expect(rulesOf({ limit: 1, scope: { id: 'a' }, ...many })).toHaveLength(20)
})
