// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { SearchInput } from '@/components/ui/search-input'

const box = () => screen.getByRole<HTMLInputElement>('searchbox')
const type = (value: string) => fireEvent.change(box(), { target: { value } })
const Search = ({ value }: { value: string }) => <SearchInput value={value} onChange={() => {}} />

test('what is typed stays, however late the address tells it', () => {
  const { rerender } = render(<Search value="" />)
  type('t')
  type('te')
  expect(box().value).toBe('te')
  rerender(<Search value="t" />)
  expect(box().value).toBe('te')
  type('tea')
  rerender(<Search value="te" />)
  rerender(<Search value="tea" />)
  expect(box().value).toBe('tea')
})

test('what the address says by itself is shown, such as a filter that is cleared', () => {
  const { rerender } = render(<Search value="" />)
  type('tea')
  rerender(<Search value="tea" />)
  rerender(<Search value="" />)
  expect(box().value).toBe('')
})
