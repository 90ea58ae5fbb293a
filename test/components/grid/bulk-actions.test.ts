import { describe, expect, it } from 'vitest'
import { leavesOut } from '@/components/grid/bulk-actions'
import { coordinator } from '../live/frames'

const someone = coordinator('impl')

describe('a bulk action', () => {
  it('escalates the dead and failed, and nobody alive', () => {
    expect(leavesOut('escalate', someone, 'dead')).toBeUndefined()
    expect(leavesOut('escalate', someone, 'failed')).toBeUndefined()
    expect(leavesOut('escalate', someone, 'active')).toContain('alive')
    expect(leavesOut('escalate', someone, 'stopped')).toContain('left')
  })

  it('leaves out who has a replacement already', () => {
    const replaced = coordinator('impl', { replacedBy: 'impl-b' })
    expect(leavesOut('escalate', replaced, 'dead')).toContain('impl-b')
  })

  it('forgets only who has ended, and cleans up only who has not', () => {
    expect(leavesOut('forget', someone, 'active')).toBeDefined()
    expect(leavesOut('forget', someone, 'stopped')).toBeUndefined()
    expect(leavesOut('cleanup', someone, 'stopped')).toBeDefined()
    expect(leavesOut('cleanup', someone, 'dead')).toBeUndefined()
  })

  it('touches nobody while nobody can tell who is alive', () => {
    for (const action of ['escalate', 'cleanup', 'forget'] as const)
      expect(leavesOut(action, someone, 'unknown')).toBeDefined()
  })
})
