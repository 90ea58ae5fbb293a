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

  it('is silent about ordinary work', () => {
    expect(summarise([phaseChanged(1, 'impl-1', 'loop-3')])).toBe('')
  })
})
