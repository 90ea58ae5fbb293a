import { describe, expect, it } from 'vitest'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import { isAbout, noticesOf } from '@/server/notifications/notices-of'
import { coordinator, moment, NOW } from '@/test/lib/view/board-builder'

const dead = (id: string, with_: Partial<CoordinatorView> = {}) =>
  coordinator(id, {
    liveness: 'dead',
    lastBeat: NOW - 130_000,
    livenessSince: NOW - 10_000,
    process: { host: 'box-1' },
    ...with_,
  })
const noticesAt = (coordinators: CoordinatorView[]) => noticesOf(moment({ coordinators }))
const keysAt = (coordinators: CoordinatorView[]) => noticesAt(coordinators).flatMap((it) => it.keys)

describe('what is told of trouble', () => {
  it('is one word for many, and each of them is remembered by itself', () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map((it) => dead(it))
    const [whole, ...others] = noticesAt(all)
    expect(others).toEqual([])
    expect(whole?.keys).toHaveLength(5)
    expect(whole?.entry.coordinators).toEqual(['a', 'b', 'c', 'd', 'e'])
    // One of them was replaced, or each stands for itself: no news.
    for (const fewer of [all.slice(1), all.slice(0, 1), all.slice(2, 4)]) {
      for (const key of keysAt(fewer)) expect(whole?.keys).toContain(key)
    }
    // One more is.
    const more = keysAt([...all, dead('f', { livenessSince: NOW - 5000 })])
    expect(more.filter((it) => !whole?.keys.includes(it))).toHaveLength(1)
  })

  it('is news again when somebody died anew', () => {
    const [first] = keysAt([dead('a')])
    const [again] = keysAt([dead('a', { livenessSince: NOW - 1000 })])
    expect(again).not.toBe(first)
  })

  it('is for who asked for it', () => {
    const [death] = noticesAt([dead('a')])
    const [failed] = noticesAt([
      coordinator('r', { liveness: 'failed', replaces: 'a', livenessSince: NOW - 1000 }),
    ])
    if (!death || !failed) throw new Error('nobody needs attention')
    expect([isAbout(death, ['deaths']), isAbout(death, ['replacements', 'breakers'])]).toEqual([
      true,
      false,
    ])
    expect([isAbout(failed, ['replacements']), isAbout(failed, ['deaths'])]).toEqual([true, false])
    expect([death, failed].every((it) => isAbout(it, ['attention']))).toBe(true)
  })

  it('began, or last got worse, at a time that is told apart from its beginning', () => {
    const all = ['a', 'b', 'c', 'd'].map((it) => dead(it))
    const [notice] = noticesAt([...all, dead('e', { livenessSince: NOW - 2000 })])
    expect([notice?.entry.since, notice?.latest]).toEqual([NOW - 10_000, NOW - 2000])
  })
})
