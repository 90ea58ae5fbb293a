import type { Board } from '@/lib/runtime/runtime'
import { knowledgeOf } from '@/lib/view/knowledge'
import type { Moment } from '@/lib/view/moment'

/** What is known at this moment; undefined while Redis is gone, when there is nobody who could be told either. */
export function boardMoment(board: Board): Moment | undefined {
  const view = board.view()
  const now = board.serverNow()
  const { redis, lastSweepAt } = board.status()
  if (redis.state === 'down') return undefined
  return {
    view,
    now,
    lastBeatOf: (id) => board.lastBeat(id),
    knowledge: knowledgeOf(view.monitor, { redis }, now),
    ...(lastSweepAt === undefined ? {} : { lastSweepAt }),
  }
}
