import { newUserSchema } from '@/lib/protocol/settings'
import { route } from '../../_http/define-route'
import { noteChange, personOf } from '../../_http/person'
import { makeSignInLink } from '../../_http/sign-in-link'

export const GET = route({ role: 'admin' }, async ({ runtime }) => ({
  users: await runtime.auth.users(),
}))

/** Makes a user, who comes in by the link of the answer: nobody else ever knows the password. */
export const POST = route({ role: 'admin', limit: 'action', body: newUserSchema }, async (call) => {
  const { name, role } = call.body
  await call.runtime.auth.addUser({ name, role, by: personOf(call.caller).session.user })
  await noteChange(call, { action: 'add-user', targets: [name], detail: role })
  return makeSignInLink(call.runtime, name)
})
