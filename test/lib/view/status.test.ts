import { describe, expect, test } from 'vitest'
import { LIVENESS } from '@/lib/protocol/liveness'
import { knowledgeOf } from '@/lib/view/knowledge'
import { statusOf } from '@/lib/view/status'
import { coordinator, NOW, wait } from './board-builder'

describe('the status of a coordinator', () => {
  test('is its liveness while somebody can tell', () => {
    for (const liveness of LIVENESS)
      expect(statusOf(coordinator('a', { liveness }), { can: true })).toBe(liveness)
  })

  test('is blocked when it is active and waits', () => {
    const waits = [wait(['b'])]
    expect(statusOf(coordinator('a', { waits }), { can: true })).toBe('blocked')
    expect(statusOf(coordinator('a', { waits, liveness: 'stale' }), { can: true })).toBe('stale')
    expect(statusOf(coordinator('a', { waits, liveness: 'dead' }), { can: true })).toBe('dead')
  })

  test('is unknown for all who could still beat while nobody can tell', () => {
    for (const why of ['redis', 'link', 'grace'] as const) {
      const shown = LIVENESS.map((liveness) =>
        statusOf(coordinator('a', { liveness }), { can: false, why }),
      )
      expect(shown).toEqual([
        'unknown',
        'unknown',
        'unknown',
        'unknown',
        'escalated',
        'stopped',
        'failed',
      ])
    }
  })
})

describe('what can be known', () => {
  test('nothing is while Redis is down', () => {
    const redis = { state: 'down', since: NOW - 5_000, nextTryAt: NOW + 1_000 } as const
    expect(knowledgeOf({}, { redis }, NOW)).toEqual({
      can: false,
      why: 'redis',
      since: NOW - 5_000,
      until: NOW + 1_000,
    })
  })

  test('a lost link counts before Redis, since its state is hearsay then', () => {
    const redis = { state: 'down', since: NOW } as const
    expect(knowledgeOf({}, { redis, link: { state: 'stale' } }, NOW)).toMatchObject({ why: 'link' })
  })

  test('a grace period ends by the clock', () => {
    const monitor = { graceUntil: NOW + 10, graceCause: 'restart' } as const
    expect(knowledgeOf(monitor, {}, NOW)).toMatchObject({ why: 'grace', cause: 'restart' })
    expect(knowledgeOf(monitor, {}, NOW + 10)).toEqual({ can: true })
  })
})
