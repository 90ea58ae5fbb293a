// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { storedChoice, useStoredChoice } from '@/components/ui/stored-choice'

const KEY = 'signalbox.test'
const make = () => storedChoice(KEY, ['small', 'large', 'huge'])
const heard = (key: string | null) => {
  act(() => {
    dispatchEvent(new StorageEvent('storage', { key }))
  })
}

afterEach(() => {
  vi.restoreAllMocks()
  localStorage.clear()
})

test('what is chosen is kept, and the first holds until then', () => {
  const choice = make()
  const { result } = renderHook(() => useStoredChoice(choice))
  expect(result.current).toBe('small')
  act(() => choice.set('huge'))
  expect(result.current).toBe('huge')
  expect(make().get()).toBe('huge')
})

test('what no longer can be chosen is as if nobody had', () => {
  localStorage.setItem(KEY, 'tiny')
  expect(make().get()).toBe('small')
})

test('another tab’s choice is followed, also when it forgets all', () => {
  const { result } = renderHook(useStoredChoice, { initialProps: make() })
  localStorage.setItem(KEY, 'large')
  heard('signalbox.other')
  expect(result.current).toBe('small')
  heard(KEY)
  expect(result.current).toBe('large')
  localStorage.clear()
  heard(null)
  expect(result.current).toBe('small')
})

test('where nothing can be kept, a choice lasts as long as the page', () => {
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new DOMException('forbidden', 'SecurityError')
  })
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('forbidden', 'SecurityError')
  })
  const choice = make()
  expect(choice.get()).toBe('small')
  choice.set('large')
  expect(choice.get()).toBe('large')
})
