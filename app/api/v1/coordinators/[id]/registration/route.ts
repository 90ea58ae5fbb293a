import { z } from 'zod'
import { registerRemote } from '@/lib/cfn-loop/register-remote'
import { coordinatorIdSchema } from '@/lib/protocol/ids'
import { remoteLeaveSchema, remoteRegistrationSchema } from '@/lib/protocol/machines'
import { route } from '../../../../_http/define-route'
import { entrantOf, machineRoute, runnerAs } from '../../../../_http/machine-route'

const params = z.object({ id: coordinatorIdSchema })

/** A coordinator without access to Redis takes part from here on. */
export const POST = route(
  { role: 'viewer', machines: 'acting', limit: 'call', params, body: remoteRegistrationSchema },
  async ({ params: { id }, body, caller, runtime }) =>
    registerRemote(runnerAs(runtime, id), entrantOf(caller, id), body),
)

/** It leaves gracefully: what it held stays for who comes after. */
export const DELETE = machineRoute(remoteLeaveSchema, async (coordinator) => {
  await coordinator.leave()
  return { done: true }
})
