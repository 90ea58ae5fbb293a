import { describe, expect, test } from 'vitest'
import { consensusGroups, mergedRemarks, roundWord, shortNames } from '@/lib/view/consensus-groups'
import { decided, NOW, round, vote } from './board-builder'

describe('groups of rounds', () => {
  test('are a loop of a swarm each, in the order of the loop, whatever order they come in', () => {
    const rounds = [
      round(4, 1, {}),
      round(2, 2, { a: 0.9, b: 0.9 }),
      round(2, 1, { a: 0.8, b: 0.8 }),
      round(3, 1, { a: 0.9 }),
      round(2, 1, { a: 0.8 }, { swarmId: 'auth' }),
    ]
    const shown = (all: typeof rounds) =>
      consensusGroups(all).map((it) => `${it.id} ${it.rounds.map((one) => one.iteration)}`)
    expect(shown(rounds)).toEqual(['auth:2 1', 'billing:3 1', 'billing:2 1,2', 'billing:4 1'])
    expect(shown([...rounds].reverse())).toEqual(shown(rounds))
  })

  test('of several runs stay in the order of opening', () => {
    const first = round(2, 3, { a: 1 }, { openedAt: NOW - 9_000 })
    const second = round(2, 1, { a: 1 }, { key: 'billing:2:next:1', runId: 'next', openedAt: NOW })
    expect(consensusGroups([second, first])[0]?.latest).toBe(second)
  })
})

test('a round in two words', () => {
  const voted = round(2, 1, { a: 0.92, b: 0.94 })
  expect(roundWord(voted)).toEqual({ text: 'voting', tone: 'blocked' })
  expect(roundWord(decided(voted, 'proceed'))).toEqual({ text: '0.93 proceed', tone: 'active' })
  expect(roundWord(decided(voted, 'exhausted'))).toEqual({ text: 'exhausted', tone: 'dead' })
  expect(roundWord(round(4, 1, {}))).toEqual({ text: 'to decide', tone: 'blocked' })
  expect(roundWord(decided(round(4, 1, {}), 'defer'))).toEqual({ text: 'defer', tone: 'stale' })
  expect(roundWord(decided(round(3, 1, { a: 0.8 }), 'proceed'))).toMatchObject({ text: 'proceed' })
})

test('remarks are merged, with everybody who made them', () => {
  const given = {
    ...round(2, 1, {}),
    votes: [
      vote('a', 0.9, { recommendations: ['rate limits', 'better errors'] }),
      vote('b', 0.9, { recommendations: ['rate limits', 'rate limits'], issues: ['no index'] }),
    ],
  }
  expect(mergedRemarks(given, 'recommendations')).toEqual([
    { text: 'rate limits', by: ['a', 'b'] },
    { text: 'better errors', by: ['a'] },
  ])
  expect(mergedRemarks(given, 'issues')).toEqual([{ text: 'no index', by: ['b'] }])
})

test('names lose what they share in front, and never all of it', () => {
  const short = (...names: string[]) => [...shortNames(names).values()]
  expect(short('validator-perf', 'validator-security')).toEqual(['perf', 'security'])
  expect(short('a-b-1', 'a-b-2')).toEqual(['b-1', 'b-2'])
  expect(short('validator-perf')).toEqual(['validator-perf'])
  expect(short('a-', 'a-b')).toEqual(['a-', 'a-b'])
  expect(short('x', 'y')).toEqual(['x', 'y'])
})
