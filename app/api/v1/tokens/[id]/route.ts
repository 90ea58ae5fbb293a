import { z } from 'zod'
import { tokenIdSchema } from '@/lib/protocol/settings'
import { route } from '../../../_http/define-route'
import { noteChange } from '../../../_http/person'
import { HttpProblem } from '../../../_http/problem'

const params = z.object({ id: tokenIdSchema })

/** Revokes a machine token at once. */
export const DELETE = route({ role: 'admin', limit: 'action', params }, async (call) => {
  const { auth } = call.runtime
  const token = (await auth.machineTokens()).find((it) => it.id === call.params.id)
  if (!token || !(await auth.revokeMachineToken(token.id))) {
    throw new HttpProblem(404, 'There is no such token.')
  }
  await noteChange(call, { action: 'revoke-token', targets: [token.name] })
  return { done: true }
})
