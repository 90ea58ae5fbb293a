import { describe, expect, it } from 'vitest'
import {
  behind,
  pastPointOf,
  pastPointText,
  pointOfEvent,
  untilOf,
} from '@/components/live/past-point'

describe('a moment in an address', () => {
  it.each(['1764000000000', '1764000000000-3', '0'])('%s is read and written the same', (text) => {
    const point = pastPointOf(text)
    expect(point).toBeDefined()
    expect(pastPointText(point ?? { at: -1 })).toBe(text)
  })

  it.each([null, '', 'yesterday', '-5', '1e12', '1764-0-1', '17640000000000000', '12 '])(
    '%s names none',
    (text) => {
      expect(pastPointOf(text)).toBeUndefined()
    },
  )

  it('holds all of its millisecond, or no more than its event', () => {
    expect(untilOf({ at: 7 })).toBe('7-9999999999')
    expect(untilOf(pointOfEvent('7-2'))).toBe('7-2')
    expect(behind(pointOfEvent('7-2'))).toBe('7-3')
    expect(behind({ at: 7 })).toBe('7-9999999999')
  })
})
