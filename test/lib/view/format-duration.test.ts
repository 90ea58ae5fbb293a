import { expect, test } from 'vitest'
import { formatDuration, formatShortDuration } from '@/lib/view/format-duration'

test.each([
  [-5, '0 s', '0.0 s'],
  [0, '0 s', '0.0 s'],
  [850, '0 s', '0.8 s'],
  [9_999, '9 s', '9.9 s'],
  [77_400, '77 s', '77 s'],
  [119_999, '119 s', '119 s'],
  [120_000, '2 min', '2m'],
  [151_000, '2 min 31 s', '2m 31s'],
  [3_600_000, '1 h', '1h'],
  [11_100_000, '3 h 5 min', '3h 5m'],
  [187_200_000, '2 d 4 h', '2d 4h'],
])('%i ms is %s, or %s where space is scarce', (ms, long, short) => {
  expect(formatDuration(ms)).toBe(long)
  expect(formatShortDuration(ms)).toBe(short)
})
