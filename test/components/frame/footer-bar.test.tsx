// @vitest-environment jsdom
import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { FooterBar } from '@/components/frame/footer-bar'
import { pageLiveClient } from '@/components/live/page-live-client'
import { coordinator, patch, phaseChanged, snapshot } from '../live/frames'

let pathname = '/'
vi.mock('next/navigation', () => ({
  usePathname: () => pathname,
  useSearchParams: () => new URLSearchParams(),
}))

const { store } = pageLiveClient()
const happens = (at: number, phase: string) =>
  act(async () => {
    store.onPatch(patch(at - 1, at, [phaseChanged(at, 'impl-1', phase)]))
    await new Promise(requestAnimationFrame)
  })
const footer = () => screen.getByRole('region', { name: 'Latest events' })
const links = () => within(footer()).queryAllByRole('link')

test('the latest events hold still under the focus and the pointer, and go on after it', async () => {
  store.onSnapshot(snapshot(1, [coordinator('impl-1')]))
  render(<FooterBar />)
  await happens(2, 'two')
  await happens(3, 'three')
  expect(links()).toHaveLength(2)

  act(() => links()[0]?.focus())
  await happens(4, 'four')
  expect(links()).toHaveLength(2)
  act(() => links()[1]?.focus())
  fireEvent.pointerLeave(footer())
  expect(links()).toHaveLength(2)
  act(() => links()[1]?.blur())
  expect(links()).toHaveLength(3)

  fireEvent.pointerEnter(footer())
  await happens(5, 'five')
  expect(links()).toHaveLength(3)
  fireEvent.pointerLeave(footer())
  expect(links()).toHaveLength(4)
})

test('it names the key of an escalation where there is somebody whom it can mean', () => {
  const hint = () => screen.queryByRole('button', { name: /escalate/ })
  const { rerender } = render(<FooterBar key="board" />)
  expect(hint()).not.toBeNull()
  pathname = '/attention'
  rerender(<FooterBar key="attention" />)
  expect(hint()).not.toBeNull()
  pathname = '/events'
  rerender(<FooterBar key="log" />)
  expect(hint()).toBeNull()
})
