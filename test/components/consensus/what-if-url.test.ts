import { expect, test } from 'vitest'
import { whatIfChanges, whatIfOf } from '@/components/consensus/what-if-url'

const read = (text: string) => whatIfOf(new URLSearchParams(text))

test('what is supposed comes back from its address', () => {
  const what = { threshold: 0.85, without: new Set(['security', 'quality']) }
  expect(whatIfChanges(what)).toEqual({ threshold: '0.85', without: 'quality,security' })
  expect(read('threshold=0.85&without=quality,security')).toEqual(what)
})

test('nothing supposed leaves the address as it is', () => {
  expect(whatIfChanges({})).toEqual({ threshold: undefined, without: undefined })
  expect(whatIfChanges({ without: new Set() }).without).toBe('')
  expect(read('round=a:2:run:1')).toEqual({})
})

test.each(['threshold=1.2', 'threshold=-1', 'threshold=NaN', 'threshold=', 'without=,'])(
  '%s supposes nothing',
  (text) => expect(read(text)).toEqual({}),
)
