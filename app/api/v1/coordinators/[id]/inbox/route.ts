import { receiveSchema } from '@/lib/protocol/machines'
import { machineRoute } from '../../../../_http/machine-route'

/** What is pending for it, held open for a while where there is nothing. No GET: it beats, and shows the wait. */
export const POST = machineRoute(receiveSchema, async (coordinator, { body, request, runtime }) => {
  const { waitMs, types, limit } = body
  const { signal } = request
  const signals = await coordinator.receive({ waitMs, types, limit, signal }).catch((error) => {
    // Nobody is there any more who could be answered.
    if (signal.aborted) return []
    throw error
  })
  return { signals, serverTime: runtime.board.serverNow() }
})
