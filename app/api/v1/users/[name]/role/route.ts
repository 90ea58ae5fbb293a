import { z } from 'zod'
import { idSchema } from '@/lib/protocol/ids'
import { roleChangeSchema } from '@/lib/protocol/settings'
import { route } from '../../../../_http/define-route'
import { noteChange } from '../../../../_http/person'

const params = z.object({ name: idSchema })

/** Holds from the user's next request on. */
export const POST = route(
  { role: 'admin', limit: 'action', params, body: roleChangeSchema },
  async (call) => {
    const { name } = call.params
    await call.runtime.auth.setRole(name, call.body.role)
    await noteChange(call, { action: 'set-role', targets: [name], detail: call.body.role })
    return { done: true }
  },
)
