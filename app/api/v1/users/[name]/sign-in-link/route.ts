import { z } from 'zod'
import { idSchema } from '@/lib/protocol/ids'
import { route } from '../../../../_http/define-route'
import { noteChange } from '../../../../_http/person'
import { HttpProblem } from '../../../../_http/problem'
import { makeSignInLink } from '../../../../_http/sign-in-link'

const params = z.object({ name: idSchema })

/** A one-time link for somebody who has no password, or forgot it. */
export const POST = route({ role: 'admin', limit: 'action', params }, async (call) => {
  const { name } = call.params
  if (!(await call.runtime.auth.user(name))) {
    throw new HttpProblem(404, `There is no user "${name}".`)
  }
  const link = await makeSignInLink(call.runtime, name)
  await noteChange(call, { action: 'make-sign-in-link', targets: [name] })
  return link
})
