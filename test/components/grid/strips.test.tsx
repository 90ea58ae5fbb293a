// @vitest-environment jsdom
import { render } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { Strips, writeStrip } from '@/components/grid/strips'
import type { Status } from '@/lib/protocol/liveness'
import type { Knowledge } from '@/lib/view/knowledge'
import { coordinator, NOW } from '../../lib/view/board-builder'

const BEAT = 1_000

vi.mock('@/components/live/use-live', () => ({
  lastBeatOf: () => NOW,
  stripOf: () => Array<number>(40).fill(10),
}))

/** How many beats of the strip came, and how many did not. */
function slots(status: Status, now: number, knowledge: Knowledge) {
  const { container } = render(<Strips ref={null} statuses={[status]} step={200} left={10} />)
  const place = container.querySelector('g') as Element
  const impl = coordinator('impl', { heartbeatIntervalMs: BEAT })
  writeStrip(place, { coordinator: impl, status }, 180, now, knowledge)
  const bars = (index: number) => place.children[index]?.getAttribute('d')?.split('M').length ?? 1
  return { came: bars(0) - 1, missed: bars(1) - 1 }
}

test('a strip shows the silence since the last beat', () => {
  const { came, missed } = slots('stale', NOW + 6 * BEAT, { can: true })
  expect(missed).toBe(5)
  expect(came).toBeGreaterThan(0)
})

test('while nobody can tell, it shows what was known until then, and nothing of the time since', () => {
  const gone = (since: number) => ({ can: false, why: 'redis', since }) as const
  const hour = NOW + 3_600_000
  expect(slots('unknown', hour, gone(NOW + 100)).missed).toBe(0)
  expect(slots('unknown', hour, gone(NOW + 6 * BEAT)).missed).toBe(5)
  expect(slots('unknown', hour, gone(NOW + 60 * BEAT)).came).toBe(0)
  expect(slots('unknown', hour, { can: false, why: 'grace', until: hour }).missed).toBe(0)
})
