import { expect, test } from 'vitest'
import { formatDuration, formatShortDuration, NO_BREAK, spent } from '@/lib/view/format-duration'

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
  expect(spaced(formatDuration(ms))).toBe(long)
  expect(spaced(formatShortDuration(ms))).toBe(short)
})

test('no line ends between a number and its unit', () => {
  expect(formatDuration(151_000)).toBe('2\u00a0min 31\u00a0s')
  expect(formatShortDuration(77_400)).toBe('77\u00a0s')
  expect(spent(41)).toBe('41\u00a0ms')
  expect(spent(1_500)).toBe('1.5\u00a0s')
})

const spaced = (text: string) => text.replaceAll(NO_BREAK, ' ')
