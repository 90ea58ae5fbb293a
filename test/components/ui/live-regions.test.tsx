// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Banner } from '@/components/ui/banner'
import { Found } from '@/components/ui/found'

test('a banner says its title at once, and not the seconds that it counts', () => {
  const banner = (seconds: number) => (
    <Banner urgent tone="dead" title="Redis cannot be reached.">
      Next try in {seconds} s.
    </Banner>
  )
  const { rerender } = render(banner(3))
  rerender(banner(2))
  expect(screen.getByRole('alert').textContent).toBe('Redis cannot be reached.')
  expect(document.body.textContent).toContain('Next try in 2 s.')
})

test('how much was found is said when the filter changes, and shown as it is', () => {
  const { rerender } = render(<Found text="40 signals" by="" />)
  rerender(<Found text="41 signals" by="" />)
  expect(screen.getByRole('status').textContent).toBe('')
  expect(document.body.textContent).toBe('41 signals')
  rerender(<Found text="3 signals" by="state=pending" />)
  expect(screen.getByRole('status').textContent).toBe('3 signals')
})
