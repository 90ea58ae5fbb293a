// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'

const options = [
  { value: 'viewer', label: 'sees' },
  { value: 'operator', label: 'acts' },
] as const

test('one is chosen by its label, and the field says what it means', () => {
  const onChange = vi.fn()
  render(
    <Field label="Role" hint="What they may do.">
      {(ids) => <Select {...ids} value="viewer" onChange={onChange} options={options} />}
    </Field>,
  )
  const select = screen.getByLabelText('Role')
  const note = document.getElementById(select.getAttribute('aria-describedby') ?? '')
  expect(note?.textContent).toBe('What they may do.')
  fireEvent.change(select, { target: { value: 'operator' } })
  expect(onChange.mock.calls).toEqual([['operator']])
  expect(document.activeElement).toBe(select)
})

test('Escape closes an open list and nothing round it', () => {
  const heard = vi.fn()
  document.addEventListener('keydown', heard, true)
  render(<Select label="Role" value="viewer" onChange={() => {}} options={options} />)
  // Where the browser draws the list as we say, its options have the focus.
  fireEvent.keyDown(screen.getByText('acts'), { key: 'Escape' })
  expect(heard).not.toHaveBeenCalled()
  fireEvent.keyDown(screen.getByLabelText('Role'), { key: 'Escape' })
  expect(heard).toHaveBeenCalledTimes(1)
  document.removeEventListener('keydown', heard, true)
})
