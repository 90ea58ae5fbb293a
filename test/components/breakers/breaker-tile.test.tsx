// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { BreakerTile } from '@/components/breakers/breaker-tile'
import { breaker, NOW } from '../../lib/view/board-builder'

test('says what it guards, for whom, and how it is', () => {
  const open = vi.fn()
  const counted = { calls: 1_234, failed: 12, publishedAt: NOW, countedFrom: NOW - 300_000 }
  const it = breaker('impl', 'redis', counted)
  render(<BreakerTile breaker={it} ended={undefined} selected={false} onOpen={open} />)
  const tile = screen.getByRole('button', { name: 'redis of impl, closed' })
  expect(tile.textContent).toContain('247/min, <1 % failed')
  expect(screen.getByTitle('1,234 calls in 5m, 12 failed')).toBeTruthy()
  fireEvent.click(tile)
  expect(open).toHaveBeenCalledWith(it)
})

test('shows an operator’s wish until its owner has obeyed', () => {
  const forced = { state: 'open', by: 'ada', reason: 'it hangs', at: NOW } as const
  const { rerender } = render(
    <BreakerTile
      breaker={breaker('a', 'llm', { forced })}
      ended={undefined}
      selected={false}
      onOpen={vi.fn()}
    />,
  )
  expect(screen.getByText('not obeyed yet')).toBeTruthy()
  const obeyed = breaker('a', 'llm', { state: 'open', forced: { ...forced, obeyedAt: NOW + 5 } })
  rerender(<BreakerTile breaker={obeyed} ended={undefined} selected={false} onOpen={vi.fn()} />)
  expect(screen.queryByText('not obeyed yet')).toBeNull()
  expect(screen.getByText('until it is reset')).toBeTruthy()
})

test('says how many calls there were while that is no traffic yet', () => {
  const counted = { calls: 1, failed: 0, publishedAt: NOW, countedFrom: NOW - 2_000 }
  const it = breaker('impl', 'redis', counted)
  render(<BreakerTile breaker={it} ended={undefined} selected={false} onOpen={vi.fn()} />)
  expect(screen.getByTitle('1 call in 2.0 s, 0 failed').textContent).toBe('1 call')
})

test('says since when it counts, before there are figures', () => {
  const it = breaker('impl', 'redis', { calls: 1, publishedAt: Date.UTC(2026, 10, 24, 2, 14, 3) })
  render(<BreakerTile breaker={it} ended={undefined} selected={false} onOpen={vi.fn()} />)
  expect(screen.getByRole('button').textContent).toContain('counting since 02:14:03')
})

test('says of an owner that died that it is dead, not how its breaker is', () => {
  const it = breaker('impl', 'llm', { state: 'open', retryAt: NOW + 60_000 })
  render(<BreakerTile breaker={it} ended="dead" selected={false} onOpen={vi.fn()} />)
  const tile = screen.getByRole('button', { name: 'llm of impl, its owner is dead' })
  expect(tile.textContent).toContain('was open at last')
  expect(tile.textContent).not.toContain('probe in')
})
