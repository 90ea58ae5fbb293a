// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Tile } from '@/components/grid/tile'
import { coordinator } from '../../lib/view/board-builder'

test('a tile says what its badges show', () => {
  const { rerender } = render(tile(2, 'open', 1))
  expect(screen.getByRole('link').getAttribute('aria-label')).toMatch(
    /^impl-1, active, .+, 2 signals not yet acknowledged, its breaker is open, 1 write of its old self refused$/,
  )
  rerender(tile(0, undefined, 0))
  expect(screen.getByRole('link').getAttribute('aria-label')).not.toMatch(/signal|breaker|refused/)
})

const tile = (pending: number, breaker: 'open' | undefined, refusedWrites: number) => (
  <Tile
    coordinator={coordinator('impl-1', { refusedWrites })}
    status="active"
    pending={pending}
    breaker={breaker}
    selected={false}
    open={false}
    isTabStop
    compact={false}
    labelled
  />
)
