import { z } from 'zod'
import { tokenIdSchema } from '@/lib/protocol/settings'
import { route } from '../../../_http/define-route'
import { noteChange, personOf } from '../../../_http/person'
import { HttpProblem } from '../../../_http/problem'

const params = z.object({ id: tokenIdSchema })

/** Ends a session: one's own, or as an admin anybody's. Its sockets are cut within seconds. */
export const DELETE = route({ role: 'viewer', limit: 'action', params }, async (call) => {
  const { auth } = call.runtime
  const { session } = personOf(call.caller)
  const found = await auth.sessionById(call.params.id, { slide: false })
  // Somebody else's is as if it were not there.
  const mayEnd = found && (found.user === session.user || session.role === 'admin')
  if (!mayEnd || !(await auth.revokeSession(found.id))) {
    throw new HttpProblem(404, 'There is no such session.')
  }
  await noteChange(call, {
    action: 'revoke-session',
    targets: [found.user],
    detail: found.address,
  })
  return { done: true }
})
