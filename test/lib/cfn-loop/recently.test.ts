import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Recently } from '@/lib/cfn-loop/recently'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

it('keeps what was noted for as long as it is told to', () => {
  const recently = new Recently<number>({ most: 10, forMs: 1000 })
  recently.note('a', 1)
  vi.advanceTimersByTime(600)
  recently.note('b', 2)
  expect([recently.get('a'), recently.get('b')]).toEqual([1, 2])
  vi.advanceTimersByTime(600)
  recently.note('c', 3)
  expect(recently.names()).toEqual(['b', 'c'])
})

it('keeps the newest of too many, and says whom it forgot', () => {
  const forgotten: string[] = []
  const recently = new Recently<true>({ most: 2, forgets: (name) => forgotten.push(name) })
  for (const name of ['a', 'b', 'a', 'c', 'd']) recently.note(name, true)
  // Noted again, it is the newest again.
  expect(recently.names()).toEqual(['c', 'd'])
  expect(forgotten).toEqual(['b', 'a'])
  expect(recently.forget('c')).toBe(true)
  expect(recently.forget('c')).toBe(false)
  expect(forgotten).toHaveLength(2)
})
