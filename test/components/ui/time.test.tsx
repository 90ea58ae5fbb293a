// @vitest-environment jsdom
import { render } from '@testing-library/react'
import type { ReactElement } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import { Time } from '@/components/ui/time'
import { NOW } from '../../lib/view/board-builder'

vi.mock('@/components/live/use-server-now', () => ({ useServerNow: () => NOW }))
beforeEach(() => localStorage.clear())

const shown = (time: ReactElement) => render(time).container.textContent

test('what is said to be past never lies ahead, however late the clock is', () => {
  expect(shown(<Time at={NOW - 12_000} ago />)).toBe('12\u00a0s ago')
  expect(shown(<Time at={NOW + 9_000} ago />)).toBe('0\u00a0s ago')
})

test('what is to come says in how long', () => {
  expect(shown(<Time at={NOW + 90_000} style="relative" />)).toBe('in 90\u00a0s')
})
