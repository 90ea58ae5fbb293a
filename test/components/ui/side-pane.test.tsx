// @vitest-environment jsdom
import { render, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { SidePane } from '@/components/ui/side-pane'

vi.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams() }))
vi.stubGlobal('matchMedia', () => ({
  matches: false,
  addEventListener: () => {},
  removeEventListener: () => {},
}))

test('a pane keeps the focus when it goes on to something else', async () => {
  const { rerender } = render(
    <SidePane label="Send a signal" onClose={() => {}}>
      <button type="button">Send</button>
    </SidePane>,
  )
  screen.getByText('Send').focus()
  rerender(
    <SidePane label="Signal" onClose={() => {}}>
      <p>on its way</p>
    </SidePane>,
  )
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('complementary', { name: 'Signal' })),
  )
})
