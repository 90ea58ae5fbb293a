import { remoteAckSchema } from '@/lib/protocol/machines'
import { machineRoute } from '../../../../_http/machine-route'

/** Acknowledges: the server signs, and the ACK says so. */
export const POST = machineRoute(remoteAckSchema, async (coordinator, { body }) =>
  coordinator.acknowledge(body.signalId, {
    phase: body.phase,
    trackCompletion: body.trackCompletion,
  }),
)
