import { describe, expect, it } from 'vitest'
import type { BulkCommand } from '@/lib/protocol/commands'
import { bulkPreviewOf } from '@/lib/view/bulk-preview'
import { coordinator, moment, type Parts, signal, target, wait } from './board-builder'

const preview = (action: BulkCommand, parts: Parts, ids?: string[]) =>
  bulkPreviewOf(moment(parts), action, ids ?? (parts.coordinators ?? []).map((it) => it.id))
const out = (action: BulkCommand, with_: Parameters<typeof coordinator>[1]) =>
  preview(action, { coordinators: [coordinator('impl', with_)] }).rows[0]?.out

describe('an action on many', () => {
  it('escalates the dead and failed, and nobody alive', () => {
    expect(out('escalate-coordinator', { liveness: 'dead' })).toBeUndefined()
    expect(out('escalate-coordinator', { liveness: 'failed' })).toBeUndefined()
    expect(out('escalate-coordinator', {})).toContain('alive')
    expect(out('escalate-coordinator', { liveness: 'stopped' })).toContain('left')
    expect(out('escalate-coordinator', { liveness: 'dead', replacedBy: 'b' })).toContain('by b')
  })

  it('forgets only who has ended and holds nothing, and cleans up only who has not ended', () => {
    expect(out('forget-coordinator', {})).toBe('has not ended')
    expect(out('forget-coordinator', { liveness: 'stopped' })).toBeUndefined()
    expect(out('forget-coordinator', { liveness: 'stopped', workItems: 2 })).toBe(
      'still holds 2 work items',
    )
    expect(out('cleanup-coordinator', { liveness: 'stopped' })).toContain('ended')
    expect(out('cleanup-coordinator', { liveness: 'dead' })).toContain('dead already')
    expect(out('cleanup-coordinator', {})).toBeUndefined()
    expect(out('forget-coordinator', { liveness: 'dead' })).toBeUndefined()
  })

  it('touches nobody while nobody can tell who is alive, and nobody who is gone', () => {
    const blind = {
      coordinators: [coordinator('a')],
      knowledge: { can: false, why: 'redis' },
    } as const
    for (const action of ['escalate-coordinator', 'cleanup-coordinator'] as const)
      expect(preview(action, blind).hit).toEqual([])
    expect(preview('cleanup-coordinator', {}, ['a']).rows).toEqual([
      { id: 'a', status: 'unknown', out: 'no longer on the board' },
    ])
  })

  it('says what moves and who is freed, for each and in all', () => {
    const parts: Parts = {
      coordinators: [
        coordinator('a', { liveness: 'dead', workItems: 2 }),
        coordinator('b', { liveness: 'dead' }),
        coordinator('c'),
        coordinator('lead', { waits: [wait(['a', 'b'], { signalId: 's:1' })] }),
      ],
      signals: [signal('s:1', [target('a'), target('b')]), signal('s:2', [target('a')])],
    }
    const ids = ['a', 'b', 'c']
    const escalation = preview('escalate-coordinator', parts, ids)
    expect(escalation.hit).toEqual(['a', 'b'])
    expect(escalation.rows).toMatchObject([
      { id: 'a', effect: 'moves 2 signals and 2 work items, frees 1 waiter' },
      { id: 'b', effect: 'moves 1 signal, frees 1 waiter' },
      { id: 'c', out: expect.stringContaining('alive') },
    ])
    expect(escalation.totals).toEqual([
      '3 signals and 2 work items move to the replacements',
      '1 waiter is freed by the replacements’ ACKs',
    ])
    const cancelled = preview('cancel-pending-signals', parts, ids)
    expect(cancelled.hit).toEqual(['a', 'b'])
    expect(cancelled.rows[2]).toMatchObject({ out: 'no signal is pending there' })
    expect(cancelled.totals).toEqual([
      '3 signals are taken out of their inboxes',
      '1 waiter goes on without the answer',
    ])
    const living = { ...parts, coordinators: [coordinator('a', { workItems: 2 })] }
    expect(preview('cleanup-coordinator', living)).toMatchObject({
      rows: [{ effect: 'comes back if its process runs; 2 signals and 2 work items stay' }],
      totals: ['2 signals and 2 work items stay where they are'],
    })
  })
})
