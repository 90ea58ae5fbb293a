import { describe, expect, it } from 'vitest'
import { tileLine } from '@/components/grid/tile-line'
import type { Wait } from '@/lib/protocol/coordinator'
import { coordinator, T0 } from '../live/frames'

const wait = (changes: Partial<Wait>): Wait => ({
  waitId: 'wait-1',
  kind: 'acks',
  on: [],
  since: T0,
  until: T0 + 1_000,
  ...changes,
})
const blocked = (...waits: Wait[]) => tileLine(coordinator('lead', { waits }), 'blocked')

describe('the line of a tile', () => {
  it('says the work and the iteration, without the loop that the track tells', () => {
    const working = coordinator('impl', { phase: 'loop-3-token_rotation', iteration: 3 })
    expect(tileLine(working, 'active')).toBe('token rotation · it 3')
  })

  it('says whom one waits for', () => {
    expect(blocked(wait({ on: ['impl-1', 'impl-2'] }))).toBe('waits for 2 ACKs')
    expect(blocked(wait({ on: ['impl-1'] }))).toBe('waits for impl-1')
    expect(blocked(wait({ kind: 'signal' }))).toBe('waits for a signal')
    expect(blocked(wait({ kind: 'decision' }), wait({}))).toBe('waits for a decision, 1 more')
  })

  it('says who took over from whom', () => {
    expect(tileLine(coordinator('old', { replacedBy: 'new' }), 'escalated')).toBe('replaced by new')
    expect(tileLine(coordinator('new', { replaces: 'old' }), 'starting')).toBe('takes over old')
  })
})
