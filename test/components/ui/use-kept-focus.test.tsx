// @vitest-environment jsdom
import { render, screen, waitFor } from '@testing-library/react'
import { useRef } from 'react'
import { expect, test } from 'vitest'
import { useKeptFocus } from '@/components/ui/use-kept-focus'

function Sessions({ of: names }: { of: readonly string[] }) {
  const box = useRef<HTMLElement>(null)
  useKeptFocus(box)
  return (
    <>
      <section ref={box} tabIndex={-1} aria-label="Sessions">
        {names.map((it) => (
          <button key={it} type="button">
            {it}
          </button>
        ))}
      </section>
      <button type="button">elsewhere</button>
    </>
  )
}

test('what had the focus goes, and its box has it', async () => {
  const { rerender } = render(<Sessions of={['ada', 'max']} />)
  screen.getByText('max').focus()
  rerender(<Sessions of={['ada']} />)
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('region')))
})

test('who is elsewhere by then stays there', async () => {
  const { rerender } = render(<Sessions of={['ada', 'max']} />)
  screen.getByText('max').focus()
  screen.getByText('elsewhere').focus()
  rerender(<Sessions of={['ada']} />)
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(document.activeElement?.textContent).toBe('elsewhere')
})
