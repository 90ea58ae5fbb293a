// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Menu, MenuItem } from '@/components/ui/menu'

test('the page beside an open menu stays there for screen readers', () => {
  render(
    <>
      <main>the board</main>
      <Menu defaultOpen trigger={<button type="button">more</button>}>
        <MenuItem onSelect={() => {}}>Forget…</MenuItem>
      </Menu>
    </>,
  )
  expect(screen.getByRole('menuitem', { name: 'Forget…' })).toBeDefined()
  expect(screen.getByRole('main').textContent).toBe('the board')
})
