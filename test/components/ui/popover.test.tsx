// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Popover } from '@/components/ui/popover'

test('a popover has a name, for it is a window like any other', () => {
  render(
    <Popover label="Saved views" defaultOpen trigger={<button type="button">open</button>}>
      none yet
    </Popover>,
  )
  expect(screen.getByRole('dialog', { name: 'Saved views' }).textContent).toBe('none yet')
})
