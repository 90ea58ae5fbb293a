import { expect } from 'vitest'
import type { RedisLike } from '@/lib/redis/redis-like'
import { createBoardStore } from '@/lib/redis/stores/board-store'
import { applyEvents } from '@/lib/view/reduce'
import { emptyView, type View, viewFromWire } from '@/lib/view/view'
import type { TestNamespace } from './namespace'

/** What events tell. Beats are not events, and a sweep that found nothing is none either. */
export function comparable(view: View) {
  const sorted = <T>(map: ReadonlyMap<string, T>) =>
    Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
  const { lastSweepAt: _, ...monitored } = view.monitor
  return {
    coordinators: sorted(
      new Map([...view.coordinators].map(([id, { lastBeat: _beat, ...it }]) => [id, it])),
    ),
    signals: sorted(view.signals),
    consensus: sorted(view.consensus),
    breakers: sorted(view.breakers),
    spawns: sorted(view.spawns),
    marks: sorted(view.marks),
    monitor: monitored,
  }
}

/** The whole log, folded, tells what the records do. @returns the fold */
export async function expectFoldToEqualRecords(redis: RedisLike, ns: TestNamespace): Promise<View> {
  const board = createBoardStore(redis, ns.keys)
  const { view, problems } = await board.read({ settledSignals: 500, settledConsensus: 300 })
  expect(problems).toEqual([])
  const folded = applyEvents(emptyView(''), await ns.events())
  expect(comparable(folded)).toEqual(comparable(viewFromWire(view)))
  expect(folded.seq).toBe(view.seq)
  return folded
}
