import { remoteCompletionSchema } from '@/lib/protocol/machines'
import { machineRoute } from '../../../../_http/machine-route'

/** What it acknowledged is done. */
export const POST = machineRoute(remoteCompletionSchema, async (coordinator, { body }) => ({
  completed: await coordinator.complete(body.signalId, body.result),
}))
