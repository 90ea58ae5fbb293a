import { describe, expect, test } from 'vitest'
import { deathCountdownOf } from '@/lib/view/death-countdown'
import { coordinator, moment, NOW, type Parts } from './board-builder'

function countdown(with_: Parameters<typeof coordinator>[1], parts: Parts = {}) {
  const it = coordinator('a', with_)
  return deathCountdownOf(moment({ coordinators: [it], ...parts }), it)
}

describe('the death countdown', () => {
  test('runs from the last beat over the threshold and its slack', () => {
    expect(countdown({ lastBeat: NOW - 77_000 })).toMatchObject({
      state: 'late',
      silentMs: 77_000,
      staleAt: NOW - 17_000,
      diesAt: NOW + 44_000,
      diesInMs: 44_000,
      monitorLagMs: 100,
    })
  })

  test('takes a beat that came after the last event', () => {
    expect(countdown({ lastBeat: NOW - 77_000 }, { beats: { a: NOW - 200 } })).toMatchObject({
      state: 'beating',
      silentMs: 200,
    })
    expect(countdown({ lastBeat: NOW - 200 }, { beats: { a: NOW - 9_000 } }).silentMs).toBe(200)
  })

  test('is overdue until a monitor says dead', () => {
    const lastBeat = NOW - 130_000
    expect(countdown({ lastBeat, liveness: 'stale' })).toMatchObject({
      state: 'overdue',
      diesInMs: 0,
      used: 1,
    })
    expect(countdown({ lastBeat, liveness: 'dead' }).state).toBe('dead')
  })

  test('is held while nobody can tell, and not before the grace ends', () => {
    const lastBeat = NOW - 130_000
    const until = NOW + 30_000
    expect(
      countdown(
        { lastBeat },
        { monitor: { graceUntil: until }, knowledge: { can: false, why: 'grace', until } },
      ),
    ).toMatchObject({ state: 'held', diesAt: until })
  })

  test('of a replacement runs to the time by which it has to come', () => {
    const asked = { liveness: 'starting', registeredAt: NOW - 15_000 } as const
    expect(countdown({ ...asked, startDeadline: NOW + 5_000 })).toMatchObject({
      state: 'starting',
      diesInMs: 5_000,
      used: 0.75,
    })
    expect(countdown({ ...asked, startDeadline: NOW - 1 }).state).toBe('overdue')
  })

  test('ends with the life', () => {
    for (const liveness of ['escalated', 'stopped', 'failed'] as const)
      expect(countdown({ liveness, lastBeat: 0 }).state).toBe('ended')
  })
})
