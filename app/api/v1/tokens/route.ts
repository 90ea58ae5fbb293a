import { newMachineTokenSchema } from '@/lib/protocol/settings'
import { scopeText } from '@/lib/view/scope-text'
import { route } from '../../_http/define-route'
import { noteChange, personOf } from '../../_http/person'

export const GET = route({ role: 'admin' }, async ({ runtime }) => ({
  tokens: await runtime.auth.machineTokens(),
}))

/** Makes a machine token, which only this answer shows. */
export const POST = route(
  { role: 'admin', limit: 'action', body: newMachineTokenSchema },
  async (call) => {
    const { name, scope } = call.body
    const by = personOf(call.caller).session.user
    const created = await call.runtime.auth.createMachineToken({ name, scope, by })
    await noteChange(call, { action: 'create-token', targets: [name], detail: scopeText(scope) })
    return created
  },
)
