import { describe, expect, test } from 'vitest'
import { breakerLine, cooldownLeft, wishOf } from '@/lib/view/breaker-line'
import { callsAMinute, trafficRadius } from '@/lib/view/breaker-traffic'
import { breaker, NOW } from './board-builder'

const ago = (seconds: number) => NOW - seconds * 1_000
const line = (with_: Parameters<typeof breaker>[2]) =>
  breakerLine(breaker('a', 'redis', with_), NOW, 120_000).map(
    (it) => `${(NOW - it.at) / 1_000} ${it.state}`,
  )

describe('the last two minutes of a breaker', () => {
  test('of one that never opened are flat', () => {
    expect(line({ since: ago(600) })).toEqual(['120 closed', '0 closed'])
    expect(line({ since: ago(10) })).toEqual(['120 closed', '10 closed', '10 closed', '0 closed'])
  })

  test('step with each transition', () => {
    expect(
      line({
        state: 'half-open',
        since: ago(10),
        transitions: [
          { state: 'closed', at: ago(500) },
          { state: 'open', at: ago(40) },
          { state: 'half-open', at: ago(10) },
        ],
      }),
    ).toEqual(['120 closed', '40 closed', '40 open', '10 open', '10 half-open', '0 half-open'])
  })

  test('begin as the last transition before them left it', () => {
    expect(
      line({ state: 'open', since: ago(300), transitions: [{ state: 'open', at: ago(300) }] }),
    ).toEqual(['120 open', '0 open'])
  })

  test('begin with what the first known transition came from', () => {
    expect(
      line({
        state: 'half-open',
        since: ago(5),
        transitions: [{ state: 'half-open', at: ago(5) }],
      })[0],
    ).toBe('120 open')
  })
})

test('a cooldown runs from its opening to the first probe', () => {
  const open = (retryAt?: number) =>
    breaker('a', 'redis', {
      state: 'open',
      since: ago(10),
      ...(retryAt === undefined ? {} : { retryAt }),
    })
  expect(cooldownLeft(open(NOW + 30_000), NOW)).toBe(0.75)
  expect(cooldownLeft(open(NOW - 1), NOW)).toBe(0)
  expect(cooldownLeft(open(), NOW)).toBe(0)
  expect(cooldownLeft(breaker('a', 'redis'), NOW)).toBe(0)
})

test('a circle grows with the traffic, within bounds', () => {
  const sizes = [0, 10, 1_000, 1e9].map((it) => trafficRadius(it, 10, 30))
  expect(sizes[0]).toBe(10)
  expect(sizes[3]).toBe(30)
  expect([...sizes].sort((a, b) => a - b)).toEqual(sizes)
})

test('traffic is known once the time is known in which the calls were made', () => {
  const figures = { calls: 600, publishedAt: NOW }
  expect(callsAMinute(breaker('a', 'redis', figures))).toBeUndefined()
  expect(callsAMinute(breaker('a', 'redis', { ...figures, countedFrom: ago(300) }))).toBe(120)
  expect(callsAMinute(breaker('a', 'redis', { ...figures, countedFrom: ago(1) }))).toBe(600)
})

test('a wish is shown until its owner obeyed, and its effect as long as it lasts', () => {
  const forced = { state: 'open', by: 'ada', reason: 'gateway is down', at: ago(5) } as const
  expect(wishOf(breaker('a', 'llm', { forced }))).toEqual({
    text: 'ada asked: forced open; its owner has not obeyed yet',
    pending: true,
  })
  const obeyed = { ...forced, obeyedAt: ago(4) }
  expect(wishOf(breaker('a', 'llm', { state: 'open', forced: obeyed }))).toEqual({
    text: 'forced open by ada: gateway is down',
    pending: false,
  })
  expect(wishOf(breaker('a', 'llm', { state: 'closed', forced: obeyed }))).toBeUndefined()
  expect(wishOf(breaker('a', 'llm'))).toBeUndefined()
})
