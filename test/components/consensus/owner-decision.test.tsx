// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { OwnerDecision } from '@/components/consensus/owner-decision'
import { decided, NOW, round } from '../../lib/view/board-builder'
import { AsOperator, showBoard } from '../signed-in'

const first = round(4, 1, { owner: null })
const second = round(4, 2, { owner: null })
const byBert = { ...decided(first, 'defer', NOW - 5_000) }

async function ask() {
  await showBoard({ consensus: [first] })
  const { rerender } = render(<OwnerDecision round={first} />, { wrapper: AsOperator })
  fireEvent.click(screen.getByRole('button', { name: 'Proceed…' }))
  fireEvent.change(screen.getByLabelText('Reason'), { target: { value: 'looks good' } })
  return rerender
}

test('a window stays when somebody else decides, and says who and what', async () => {
  const rerender = await ask()
  const outcome = byBert.outcome && { ...byBert.outcome, by: 'operator:bert' }
  const over = { ...byBert, outcome }
  await showBoard({ consensus: [over] })
  rerender(<OwnerDecision round={over} />)
  expect(screen.getByRole('dialog').textContent).toContain('decided already: defer, by bert')
  expect(screen.queryByRole('button', { name: 'Proceed' })).toBeNull()
  fireEvent.click(screen.getAllByRole('button', { name: 'Close' })[0] as HTMLElement)
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('a later round does not slip under a window that asks about an earlier one', async () => {
  const rerender = await ask()
  await showBoard({ consensus: [first, second] })
  rerender(<OwnerDecision round={second} />)
  expect(screen.getByRole('dialog', { name: 'Proceed billing, iteration 1?' })).toBeTruthy()
})
