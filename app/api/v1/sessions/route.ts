import { route } from '../../_http/define-route'
import { personOf } from '../../_http/person'

/** One's own sessions; an admin sees everybody's. */
export const GET = route({ role: 'viewer' }, async ({ caller, runtime }) => {
  const { session } = personOf(caller)
  const all = await runtime.auth.sessions(session.role === 'admin' ? undefined : session.user)
  return { sessions: all.map((it) => ({ ...it, own: it.id === session.id })) }
})
