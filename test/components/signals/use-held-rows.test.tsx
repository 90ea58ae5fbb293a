// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useHeldRows } from '@/components/signals/use-held-rows'
import { signal, target } from '../../lib/view/board-builder'

const sent = (...times: number[]) =>
  times.map((timestamp) => signal(`s:${timestamp}`, [target('a')], { timestamp }))

function held(first = sent(2, 1)) {
  const { result, rerender } = renderHook(({ all }) => useHeldRows(all), {
    initialProps: { all: first },
  })
  const shown = () => result.current.rows.map((it) => it.timestamp)
  return { result, rerender, shown, on: () => result.current.handlers }
}
const scroller = (scrollTop: number) => ({
  target: Object.assign(document.createElement('div'), { scrollTop }),
})

test('new signals come on top while nobody is at the list', () => {
  const { rerender, shown } = held()
  rerender({ all: sent(3, 2, 1) })
  expect(shown()).toEqual([3, 2, 1])
})

test('while somebody points at it what is new waits, and comes when the pointer has gone', () => {
  const { result, rerender, shown, on } = held()
  act(() => on().onPointerEnter())
  rerender({ all: sent(4, 3, 2, 1) })
  expect(shown()).toEqual([2, 1])
  expect(result.current.waiting).toBe(2)
  act(() => on().onPointerLeave())
  expect(shown()).toEqual([4, 3, 2, 1])
  expect(result.current.waiting).toBe(0)
})

test('so it does while it is scrolled down, until it is at its top again', () => {
  const { rerender, shown, on } = held()
  act(() => on().onScrollCapture(scroller(80)))
  rerender({ all: sent(3, 2, 1) })
  expect(shown()).toEqual([2, 1])
  act(() => on().onScrollCapture(scroller(0)))
  expect(shown()).toEqual([3, 2, 1])
})

test('so it does while somebody walks it by keyboard, until they are elsewhere', () => {
  const { rerender, shown, on } = held()
  const list = document.createElement('div')
  // Without a window to look at, no focus is ever a visible one.
  const row = Object.assign(document.createElement('button'), { matches: () => true })
  const next = document.createElement('button')
  list.append(row, next)
  act(() => on().onFocus({ target: row }))
  rerender({ all: sent(3, 2, 1) })
  expect(shown()).toEqual([2, 1])
  act(() => on().onBlur({ currentTarget: list, relatedTarget: next }))
  expect(shown()).toEqual([2, 1])
  act(() => on().onBlur({ currentTarget: list, relatedTarget: document.body }))
  expect(shown()).toEqual([3, 2, 1])
})

test('asked for, what waits is let in, and the list held again from there', () => {
  const { result, rerender, shown, on } = held()
  act(() => on().onPointerEnter())
  rerender({ all: sent(3, 2, 1) })
  act(() => result.current.release())
  expect(shown()).toEqual([3, 2, 1])
  rerender({ all: sent(4, 3, 2, 1) })
  expect(shown()).toEqual([3, 2, 1])
})

test('an empty list holds nothing back', () => {
  const { rerender, shown, on } = held([])
  act(() => on().onPointerEnter())
  rerender({ all: sent(1) })
  expect(shown()).toEqual([1])
})
