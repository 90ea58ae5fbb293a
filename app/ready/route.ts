import { route } from '../api/_http/define-route'

/** A board this far behind is not one to send people to. */
const MAX_LAG_MS = 10_000

/** Ready to be sent people: Redis answers, and the board is not behind. */
export const GET = route({ role: 'public' }, async ({ runtime }) => {
  const { redis, eventLagMs } = runtime.board.status()
  const ready = redis.state === 'up' && (eventLagMs ?? 0) < MAX_LAG_MS
  return Response.json(
    { status: ready ? 'ready' : 'not ready', redis: redis.state, eventLagMs },
    { status: ready ? 200 : 503 },
  )
})
