import { describe, expect, it } from 'vitest'
import type { Group } from '@/components/grid/group-coordinators'
import { keepSame } from '@/components/grid/keep-same-groups'

const group = (name: string, ids: string[], counts: Group['counts'] = { active: 1 }): Group => ({
  key: `swarm:${name}`,
  kind: 'swarm',
  name,
  ids,
  counts,
})

describe('groups that did not change', () => {
  it('are the same objects, and so is the list of them', () => {
    const before = [group('a', ['1', '2']), group('b', ['3'])]
    expect(keepSame(before, [group('a', ['1', '2']), group('b', ['3'])])).toBe(before)
  })

  it('are kept beside those that did', () => {
    const before = [group('a', ['1', '2']), group('b', ['3'])]
    const after = keepSame(before, [group('a', ['1', '2']), group('b', ['3', '4'])])
    expect(after).not.toBe(before)
    expect(after[0]).toBe(before[0])
    expect(after[1]?.ids).toEqual(['3', '4'])
  })

  it('are new when a count, the order or the number of groups is another', () => {
    const before = [group('a', ['1', '2'])]
    expect(keepSame(before, [group('a', ['1', '2'], { dead: 1 })])).not.toBe(before)
    expect(keepSame(before, [group('a', ['2', '1'])])).not.toBe(before)
    expect(keepSame(before, [])).toEqual([])
  })
})
