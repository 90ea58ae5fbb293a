import { expect, test } from 'vitest'
import { averageReaches, formatConfidence, millionths } from '@/lib/view/confidence'

test('every millionth is the integer that it was written as', () => {
  const wrong = []
  for (let unit = 0; unit <= 1_000_000; unit++)
    if (millionths(unit / 1_000_000) !== unit) wrong.push(unit)
  expect(wrong).toEqual([])
})

test('an average is compared without rounding', () => {
  expect(averageReaches([0.85, 0.95, 0.9], 0.9)).toBe(true)
  expect(averageReaches([0.9, 0.9, 0.899999], 0.9)).toBe(false)
  expect(averageReaches([], 0)).toBe(false)
})

test('a confidence never looks as if it were on the other side of its threshold', () => {
  expect(formatConfidence(0.9, 0.9)).toBe('0.90')
  expect(formatConfidence(0.8999, 0.9)).toBe('0.8999')
  expect(formatConfidence(0.899999, 0.9)).toBe('0.899999')
  expect(formatConfidence(0.871)).toBe('0.87')
})
