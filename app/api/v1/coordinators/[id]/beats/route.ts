import { remoteBeatSchema } from '@/lib/protocol/machines'
import { machineRoute } from '../../../../_http/machine-route'

/** It lives, and may say what it does. */
export const POST = machineRoute(remoteBeatSchema, async (coordinator, { body }) => {
  const { phase, iteration, action } = body
  const silent = phase === undefined && iteration === undefined && action === undefined
  return silent ? coordinator.beat() : coordinator.recordActivity({ phase, iteration, action })
})
