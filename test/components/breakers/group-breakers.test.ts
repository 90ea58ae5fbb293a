import { expect, test } from 'vitest'
import { groupBreakers } from '@/components/breakers/group-breakers'
import { breakerKey } from '@/lib/view/breaker-key'
import { breaker } from '../../lib/view/board-builder'

const ALL = [
  breaker('b', 'api'),
  breaker('a', 'api'),
  breaker('b', 'store', { state: 'open' }),
  breaker('a', 'store'),
]
const tripped = new Set(ALL.filter((it) => it.state !== 'closed').map(breakerKey))
const wanted = { breakers: ALL, tripped, hasEnded: () => false, text: '', only: 'all' } as const
const shown = (groups: ReturnType<typeof groupBreakers>) =>
  groups.map((it) => [it.name, it.breakers.map(({ owner }) => owner).join(' ')])

test('what is not closed stands first, groups and breakers alike; the rest by name', () => {
  const groups = groupBreakers({ ...wanted, first: tripped })
  expect(shown(groups)).toEqual([
    ['store', 'b a'],
    ['api', 'a b'],
  ])
  expect(groups.map((it) => it.open)).toEqual([1, 0])
})

test('while the order is held, one that opens is counted where it stands', () => {
  const groups = groupBreakers({ ...wanted, first: new Set() })
  expect(shown(groups)).toEqual([
    ['api', 'a b'],
    ['store', 'a b'],
  ])
  expect(groups.map((it) => it.open)).toEqual([0, 1])
})

test('a filter and a choice narrow them', () => {
  expect(shown(groupBreakers({ ...wanted, first: tripped, text: 'api' }))).toEqual([['api', 'a b']])
  expect(shown(groupBreakers({ ...wanted, first: tripped, only: 'open' }))).toEqual([
    ['store', 'b'],
  ])
})
