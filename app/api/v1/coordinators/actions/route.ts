import { executeBulk } from '@/lib/commands/execute-bulk'
import { bulkInputSchema } from '@/lib/protocol/commands'
import { route } from '../../../_http/define-route'
import { presserOf } from '../../../_http/person'

/** One action on many coordinators: a result and an audit entry each, one action of the limit. */
export const POST = route(
  { role: 'operator', limit: 'action', body: bulkInputSchema, maxBytes: 128 * 1024 },
  async (call) => executeBulk(call.runtime.commands, call.body, presserOf(call)),
)
