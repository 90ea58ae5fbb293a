import { z } from 'zod'
import { idSchema } from '@/lib/protocol/ids'
import { route } from '../../../_http/define-route'
import { noteChange } from '../../../_http/person'

const params = z.object({ name: idSchema })

/** Removes a user; the user's sessions end, and their sockets are cut. */
export const DELETE = route({ role: 'admin', limit: 'action', params }, async (call) => {
  const { name } = call.params
  await call.runtime.auth.removeUser(name)
  await noteChange(call, { action: 'remove-user', targets: [name] })
  return { done: true }
})
