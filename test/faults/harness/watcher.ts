import type { TestRedis } from '../../redis'
import { type Moment, openBoard } from './board-page'
import type { FaultContext } from './context'
import { signIn, startControlRoom } from './control-room'

export interface Watcher {
  /** How long after a moment the board first stood so, ms; 0 where it did already. */
  firstAfter(since: number, can: Moment['can']): number | undefined
}

/** A control room, and one board that is looked at. */
export async function startWatcher(context: FaultContext, redis: TestRedis): Promise<Watcher> {
  const room = await startControlRoom(context, redis)
  const { cookie } = await signIn(redis, 'watcher', 'viewer')
  const page = await openBoard(room.url, cookie)
  context.endLater(() => page.close())
  return {
    firstAfter: (since, can) => {
      const before = page.moments.filter((it) => it.at <= since).at(-1)
      if (before?.can === can) return 0
      const first = page.moments.find((it) => it.at > since && it.can === can)
      return first && first.at - since
    },
  }
}
