import { expect, test } from 'vitest'
import { sharedReasons } from '@/components/grid/shared-reasons'

const AGAIN = 'Try again: what was done is not done twice.'
const refused = (coordinatorId: string, why: string) =>
  ({ coordinatorId, done: false, why, hint: AGAIN }) as const

test('what several were told is said once, the most frequent first; what one was told stays with it', () => {
  const results = [
    { coordinatorId: 'a', done: true },
    refused('b', 'Redis did not answer.'),
    refused('c', 'c still holds 2 work items.'),
    refused('d', 'Not tried.'),
    refused('e', 'Not tried.'),
    refused('f', 'Redis did not answer.'),
    refused('g', 'Not tried.'),
  ]
  expect(sharedReasons(results)).toEqual([
    { says: `Not tried. ${AGAIN}`, count: 3 },
    { says: `Redis did not answer. ${AGAIN}`, count: 2 },
  ])
  expect(sharedReasons(results.slice(0, 4))).toEqual([])
})
