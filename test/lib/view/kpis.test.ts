import { expect, test } from 'vitest'
import { kpisOf } from '@/lib/view/kpis'
import { breaker, coordinator, moment, signal, target, wait } from './board-builder'

const { view } = moment({
  coordinators: [
    coordinator('a'),
    coordinator('b', { waits: [wait(['a'])] }),
    coordinator('c', { liveness: 'stale' }),
    coordinator('d', { liveness: 'dead' }),
    coordinator('e', { liveness: 'stopped' }),
  ],
  signals: [
    signal('s:1', [target('a'), target('b'), target('c', 'acked')]),
    signal('s:2', [target('d', 'expired'), target('a')]),
  ],
  breakers: [
    breaker('a', 'redis'),
    breaker('b', 'redis', { state: 'open' }),
    breaker('c', 'redis', { state: 'half-open' }),
    // Whose owner died or left, nobody is there to call.
    breaker('d', 'redis', { state: 'open' }),
    breaker('e', 'redis', { state: 'open' }),
  ],
})

test('figures count each coordinator once, and each ACK that is owed', () => {
  const kpis = kpisOf(view, { can: true })
  expect(kpis).toMatchObject({
    live: 2,
    blocked: 1,
    stale: 1,
    dead: 1,
    unknown: 0,
    total: 5,
    pendingAcks: 3,
    breakersOpen: 2,
  })
  expect(Object.values(kpis.byStatus).reduce((a, b) => a + b)).toBe(kpis.total)
})

test('nobody counts as dead while nobody can tell', () => {
  expect(kpisOf(view, { can: false, why: 'redis' })).toMatchObject({
    live: 0,
    dead: 0,
    stale: 0,
    unknown: 4,
  })
})
