// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { EventDialog } from '@/components/log/event-dialog'
import { compareSequences } from '@/lib/protocol/sequence'
import { phaseChanged, seq } from '../live/frames'
import { AsOperator } from '../signed-in'

vi.mock('next/navigation', () => ({
  usePathname: () => '/events',
  useSearchParams: () => new URLSearchParams(),
}))

/** Shows what an address names, of a log that holds these events. */
function openDialog(shown: number, held: readonly number[]) {
  vi.stubGlobal('fetch', async (address: string) => {
    const before = new URL(address, 'http://board').searchParams.get('before') ?? ''
    const events = held.filter((it) => compareSequences(seq(it), before) < 0).slice(-1)
    return Response.json({ events: events.map((it) => phaseChanged(it, 'lead', `phase-${it}`)) })
  })
  const nothing = () => {}
  render(
    <AsOperator>
      <EventDialog seq={seq(shown)} known={undefined} onClose={nothing} onLeave={nothing} />
    </AsOperator>,
  )
}
afterEach(() => vi.unstubAllGlobals())

test('an event that an address names is read by its sequence', async () => {
  openDialog(2, [1, 2, 3])
  expect(await screen.findByText(/"phase-2"/)).toBeTruthy()
})

test('one that the log has let go is said to be gone, whatever stands before it', async () => {
  openDialog(2, [1, 3])
  expect(await screen.findByText('The log does not hold this event')).toBeTruthy()
})
