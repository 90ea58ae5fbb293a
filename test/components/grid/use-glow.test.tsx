// @vitest-environment jsdom
import { render } from '@testing-library/react'
import { useRef } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useGlow } from '@/components/grid/use-glow'

const animate = vi.fn(() => ({ cancel: () => {} }))
beforeEach(() => {
  animate.mockClear()
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  Object.defineProperty(HTMLElement.prototype, 'animate', { value: animate, configurable: true })
})
afterEach(() => {
  vi.unstubAllGlobals()
  Reflect.deleteProperty(HTMLElement.prototype, 'animate')
})

function Lamp({ state }: { state: string | undefined }) {
  const ref = useRef<HTMLDivElement>(null)
  useGlow(ref, state)
  return <div ref={ref} />
}

/** How often it has lit up, after each of these states. */
function glows(...states: (string | undefined)[]): number[] {
  const { rerender } = render(<Lamp state={states[0]} />)
  return states.map((state) => {
    rerender(<Lamp state={state} />)
    return animate.mock.calls.length
  })
}

test('lights up when its state changes, not when it appears', () => {
  expect(glows('active', 'active', 'stale')).toEqual([0, 0, 1])
})

test('a link that breaks and comes back lights up only what has changed meanwhile', () => {
  expect(glows('active', undefined, 'active', undefined, 'dead')).toEqual([0, 0, 0, 0, 1])
  animate.mockClear()
  expect(glows(undefined, 'active', 'dead')).toEqual([0, 0, 1])
})
