import { passwordChangeSchema } from '@/lib/protocol/settings'
import { route } from '../../../_http/define-route'
import { noteChange, personOf } from '../../../_http/person'
import { HttpProblem } from '../../../_http/problem'

/** Sets one's own password, and ends one's other sessions. */
export const POST = route(
  { role: 'viewer', limit: 'action', body: passwordChangeSchema, maxBytes: 8192 },
  async (call) => {
    const { auth } = call.runtime
    const { session } = personOf(call.caller)
    const user = await auth.user(session.user)
    if (user?.hasPassword) {
      const from = { address: call.address }
      if (!(await auth.confirmPassword(session.user, call.body.current ?? '', from))) {
        throw new HttpProblem(403, 'The current password is wrong.', {
          hint: 'A forgotten one is replaced by another admin, or by npm run users -- set-password NAME on the server.',
        })
      }
    }
    await auth.setPassword(session.user, call.body.password, { keepSession: session.id })
    await noteChange(call, { action: 'change-password', targets: [session.user] })
    return { done: true }
  },
)
