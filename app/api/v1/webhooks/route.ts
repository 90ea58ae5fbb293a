import { reachableAddress } from '@/lib/notifications/reachable-address'
import { createWebhookStore } from '@/lib/notifications/webhook-store'
import { newWebhookSchema } from '@/lib/protocol/webhooks'
import { route } from '../../_http/define-route'
import { noteChange, personOf } from '../../_http/person'
import { HttpProblem } from '../../_http/problem'

/** Every webhook with its latest attempts. What they are signed with is nowhere to be read. */
export const GET = route({ role: 'admin' }, async ({ runtime }) => ({
  webhooks: await createWebhookStore(runtime.redis).shown(),
}))

/** Makes a webhook. Only this answer shows the secret that it is signed with. */
export const POST = route(
  { role: 'admin', limit: 'action', body: newWebhookSchema, maxBytes: 8192 },
  async (call) => {
    const { body, runtime } = call
    await checkAddress(body.url, runtime.config.privateWebhooks)
    const by = personOf(call.caller).session.user
    const created = await createWebhookStore(runtime.redis).add(body, by)
    const detail = `${new URL(body.url).host}, ${body.about.join(', ')}`
    await noteChange(call, { action: 'add-webhook', targets: [body.name], detail })
    return created
  },
)

/** Told at once rather than with the first delivery, which looks again: names change their addresses. */
async function checkAddress(url: string, allowed: readonly string[]): Promise<void> {
  try {
    await reachableAddress(new URL(url).hostname, { allowed })
  } catch (error) {
    // A name that is not known yet may be known tomorrow.
    if (!(error instanceof Error) || error.name !== 'ForbiddenAddressError') return
    throw new HttpProblem(422, 'Some of what was sent breaks a rule.', {
      errors: [{ field: 'url', rule: `leads nowhere that is allowed: ${error.message}` }],
    })
  }
}
