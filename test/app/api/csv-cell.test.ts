import { expect, it } from 'vitest'
import { csvCell } from '@/app/api/_reads/event-export'

it.each([
  ['plain', 'plain'],
  ['=1+1', `"'=1+1"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['a,"b"', '"a,""b"""'],
  ['two\r\nlines', '"two\r\nlines"'],
])('%j is written so that it stays text', (text, cell) => {
  expect(csvCell(text)).toBe(cell)
})
