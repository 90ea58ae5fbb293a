import { z } from 'zod'
import { type HistoryView, MOST_BESIDE } from '@/lib/protocol/history'
import { type Sequence, sequenceSchema } from '@/lib/protocol/ids'
import { viewToWire } from '@/lib/view/view'
import { route } from '../../../_http/define-route'
import { personOf } from '../../../_http/person'
import { HttpProblem } from '../../../_http/problem'

/** Behind all entries of its millisecond. */
const LAST_OF_A_MILLISECOND = 9_999_999_999

const beside = z.coerce.number().int().min(0).max(MOST_BESIDE).default(0)
const query = z.strictObject({
  /** A time in ms, with all that happened in it, or an event's sequence. */
  at: z
    .string()
    .regex(/^\d{1,16}(-\d{1,10})?$/, 'must be a time in ms, or the sequence of an event')
    .transform((text) => (text.includes('-') ? text : `${text}-${LAST_OF_A_MILLISECOND}`))
    .pipe(sequenceSchema),
  lead: beside,
  follow: beside,
})

/** The board as it was. */
export const GET = route({ role: 'viewer', query }, async (call): Promise<HistoryView> => {
  const { board, history } = call.runtime
  const { at, lead, follow } = call.query
  const serverTime = board.serverNow()
  const until = notAfter(at, serverTime)
  const answer = await history.stretch(
    { until, lead, follow },
    { who: personOf(call.caller).session.id, gone: call.request.signal },
  )
  if (!answer.ok) throw refusal(answer)
  const { view, events, complete } = answer.stretch
  return {
    seq: view.seq,
    serverTime,
    view: viewToWire(view),
    events: [...events],
    until,
    complete,
  }
})

/** What is yet to come cannot be shown. */
function notAfter(at: Sequence, now: number): Sequence {
  return Number(at.slice(0, at.indexOf('-'))) <= now ? at : `${now}-${LAST_OF_A_MILLISECOND}`
}

function refusal(answer: { why: 'out-of-reach'; oldest?: number } | { why: 'busy' }): HttpProblem {
  if (answer.why === 'busy')
    return new HttpProblem(503, 'Too much is asked of the past at this moment.', {
      hint: 'Try again in a moment.',
      retryAfterMs: 1_000,
    })
  return new HttpProblem(410, 'The log does not reach back to this moment any more.', {
    hint:
      answer.oldest === undefined
        ? 'No moment of the past can be shown yet.'
        : `The earliest that can be shown is ${new Date(answer.oldest).toISOString()}.`,
  })
}
