import { describe, expect, it } from 'vitest'
import { summarise } from '@/components/frame/summarise-events'
import type { BoxEvent } from '@/lib/protocol/events'
import { phaseChanged, seq, T0 } from '../live/frames'

const stale = (id: string, n: number): BoxEvent => ({
  seq: seq(n),
  v: 1,
  type: 'coordinator.stale',
  at: T0,
  actor: 'monitor:one',
  entity: `coordinator:${id}`,
  data: { epoch: T0, lastBeat: T0, silentMs: 5_000, thresholdMs: 10_000 },
})

describe('what screen readers hear', () => {
  it('names one, counts several, and counts nobody twice', () => {
    expect(summarise([stale('impl-1', 1), stale('impl-1', 2)])).toBe('impl-1 went stale.')
    expect(summarise([stale('impl-1', 1), stale('impl-2', 2)])).toBe('2 coordinators went stale.')
  })

  it('says of several what it says of one, in words for several', () => {
    const opened = (id: string, n: number): BoxEvent => ({
      seq: seq(n),
      v: 1,
      type: 'breaker.opened',
      at: T0,
      actor: `coordinator:${id}`,
      entity: `breaker:${id}:redis`,
      data: {
        owner: id,
        name: 'redis',
        state: 'open',
        since: T0,
        failures: 5,
        calls: 9,
        failed: 5,
        transitions: [],
      },
    })
    expect(summarise([opened('impl-1', 1)])).toBe('impl-1 opened its breaker.')
    expect(summarise([opened('impl-1', 1), opened('impl-2', 2)])).toBe(
      '2 coordinators opened their breakers.',
    )
  })

  it('is silent about ordinary work', () => {
    expect(summarise([phaseChanged(1, 'impl-1', 'loop-3')])).toBe('')
  })
})
