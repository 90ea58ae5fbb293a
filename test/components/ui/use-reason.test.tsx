// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { keepTyped } from '@/components/ui/kept-reason'
import { useReason } from '@/components/ui/use-reason'

afterEach(() => {
  vi.useRealTimers()
  sessionStorage.clear()
  window.history.replaceState(null, '', '/')
})

/** A window in which a reason is asked for. */
function open(what: string) {
  const { result, unmount, rerender } = renderHook(({ open }) => useReason(what, open), {
    initialProps: { open: true },
  })
  return {
    reason: () => result.current[0],
    type: (text: string) => act(() => result.current[1](text)),
    show: (open: boolean) => rerender({ open }),
    close: unmount,
  }
}

/** The session ends while this is being typed. */
function endWhile(what: string, text: string) {
  const window_ = open(what)
  window_.type(text)
  keepTyped()
  window_.close()
}

test('what was typed when the session ended stands in the same window again, once', () => {
  endWhile('escalate a', 'its host burns')
  expect(open('escalate b').reason()).toBe('')
  const again = open('escalate a')
  expect(again.reason()).toBe('its host burns')
  again.close()
  expect(open('escalate a').reason()).toBe('')
})

test('it is for the address at which it was typed', () => {
  endWhile('Forget', 'nobody needs it')
  window.history.replaceState(null, '', '/coordinators/other')
  expect(open('Forget').reason()).toBe('')
})

test('it is forgotten after ten minutes', () => {
  vi.useFakeTimers()
  endWhile('escalate a', 'its host burns')
  vi.advanceTimersByTime(600_001)
  expect(open('escalate a').reason()).toBe('')
  expect(sessionStorage.length).toBe(0)
})

test('what was closed or is empty is not kept', () => {
  const closed = open('escalate a')
  closed.type('no, wait')
  closed.show(false)
  keepTyped()
  closed.show(true)
  expect(closed.reason()).toBe('')
  keepTyped()
  expect(sessionStorage.length).toBe(0)
})

test('a damaged store is no trouble', () => {
  sessionStorage.setItem('signalbox.reason', '{')
  expect(open('escalate a').reason()).toBe('')
})
