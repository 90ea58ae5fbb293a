import { receiveSchema } from '@/lib/protocol/machines'
import { isStillKnown } from '../../../../_http/caller'
import { machineRoute } from '../../../../_http/machine-route'
import { HttpProblem } from '../../../../_http/problem'

/** What is pending for it, held open for a while where there is nothing. No GET: it beats, and shows the wait. */
export const POST = machineRoute(receiveSchema, async (coordinator, { body, request, runtime }) => {
  const { waitMs, types, limit } = body
  const { signal } = request
  const signals = await coordinator.receive({ waitMs, types, limit, signal }).catch((error) => {
    // Nobody is there any more who could be answered.
    if (signal.aborted) return []
    throw error
  })
  // Given to nobody whose token was revoked while they waited: it stays where it is.
  if (!(await isStillKnown(request, runtime))) {
    throw new HttpProblem(401, 'The token has been revoked.')
  }
  return { signals, serverTime: runtime.board.serverNow() }
})
