// @vitest-environment jsdom
import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Sentence } from '@/components/ui/sentence'
import { said, sentenceText, text } from '@/lib/view/sentence'

test('what somebody wrote from right to left turns nothing round that stands after it', () => {
  const parts = [text('forced open: '), said('\u202eתקלה'), text('. First probe in 9 s.')]
  const { container } = render(<Sentence parts={parts} />)
  expect(container.querySelector('bdi')?.textContent).toBe('\u202eתקלה')
  expect(container.textContent).toBe(sentenceText(parts))
})
