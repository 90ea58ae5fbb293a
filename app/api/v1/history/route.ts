import { z } from 'zod'
import type { HistoryRange } from '@/lib/protocol/history'
import { timestampSchema } from '@/lib/protocol/ids'
import { route } from '../../_http/define-route'

const time = z.coerce.number().pipe(timestampSchema)
const query = z.strictObject({
  from: time.optional(),
  to: time.optional(),
  buckets: z.coerce.number().int().min(10).max(600).default(200),
})

/** How far back the board can be shown, and what happened when. */
export const GET = route({ role: 'viewer', query }, async (call): Promise<HistoryRange> => {
  const { board, history } = call.runtime
  const { from, to, buckets } = call.query
  const now = board.serverNow()
  const range = await history.range({
    ...(from === undefined ? {} : { from }),
    to: Math.min(to ?? now, now),
    buckets,
  })
  return { serverTime: now, ...range }
})
