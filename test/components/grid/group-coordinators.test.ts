import { describe, expect, it } from 'vitest'
import { byName, groupCoordinators } from '@/components/grid/group-coordinators'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import { EVERYTHING } from '@/lib/view/filter'
import { statusOf } from '@/lib/view/status'
import { coordinator } from '../live/frames'

const all = [
  coordinator('impl-1', { swarmId: 'billing', phase: 'loop-3-work' }),
  coordinator('impl-2', { swarmId: 'billing', liveness: 'dead' }),
  coordinator('impl-10', { swarmId: 'billing', phase: 'loop-2-votes' }),
  coordinator('lead', { swarmId: 'auth', phase: 'loop-4-decision', label: 'sample' }),
]

const group = (
  grouping: 'swarm' | 'loop' | 'status',
  order: 'name' | 'worst' = 'name',
  coordinators: CoordinatorView[] = all,
) =>
  groupCoordinators({
    coordinators,
    statusOf: (it) => statusOf(it, { can: true }),
    filter: EVERYTHING,
    grouping,
    order,
  }).map(({ name, ids }) => [name, ...ids])

describe('the board in groups', () => {
  it('puts swarms and their tiles in the order of names', () => {
    expect(group('swarm')).toEqual([
      ['auth', 'lead'],
      ['billing', 'impl-1', 'impl-2', 'impl-10'],
    ])
  })

  it('puts the worst first, groups and tiles alike, and keeps names in order within a status', () => {
    expect(group('swarm', 'worst')).toEqual([
      ['billing', 'impl-2', 'impl-1', 'impl-10'],
      ['auth', 'lead'],
    ])
  })

  it('puts loops in the order in which a swarm goes through them, and no loop last', () => {
    expect(group('loop').map(([name]) => name)).toEqual(['3', '2', '4', ''])
  })

  it('puts the worst status first', () => {
    expect(group('status').map(([name]) => name)).toEqual(['dead', 'active'])
  })

  it('labels a group only when all of it is a sample', () => {
    const label = (swarmId: string, coordinators: CoordinatorView[]) =>
      groupCoordinators({
        coordinators,
        statusOf: () => 'active',
        filter: EVERYTHING,
        grouping: 'swarm',
        order: 'name',
      }).find((it) => it.name === swarmId)?.label
    expect(label('auth', all)).toBe('sample')
    expect(label('auth', [...all, coordinator('real', { swarmId: 'auth' })])).toBeUndefined()
  })

  it('reads numbers in names as numbers', () => {
    expect(['a-10', 'a-9', 'a-1'].sort(byName)).toEqual(['a-1', 'a-9', 'a-10'])
  })
})
