import { z } from 'zod'
import { admitBulk, executeBulk } from '@/lib/commands/execute-bulk'
import { BULK_LINES, MAX_BULK_BYTES } from '@/lib/protocol/commands'
import { route } from '../../../_http/define-route'
import { presserOf } from '../../../_http/person'

/**
 * One action on many coordinators: a result and an audit entry each, one action of the limit. Of many at
 * once the results come as they are there, a line each, to who accepts lines.
 */
export const POST = route(
  {
    role: 'operator',
    command: 'bulk',
    limit: 'action',
    body: z.record(z.string(), z.unknown()),
    maxBytes: MAX_BULK_BYTES,
  },
  async (call) => {
    const { commands, log } = call.runtime
    const who = presserOf(call)
    const input = await admitBulk(commands, call.body, who)
    if (!call.request.headers.get('accept')?.includes(BULK_LINES)) {
      return executeBulk(commands, input, who)
    }
    const text = new TextEncoder()
    // Who goes away meanwhile has agreed to all of it: it is carried on to the end.
    let gone = false
    const lines = new ReadableStream<Uint8Array>({
      start(controller) {
        executeBulk(commands, input, who, (result) => {
          if (!gone) controller.enqueue(text.encode(`${JSON.stringify(result)}\n`))
        }).then(
          () => !gone && controller.close(),
          (error: unknown) => {
            log.error({ err: error }, 'an action on many broke off')
            if (!gone) controller.error(error)
          },
        )
      },
      cancel() {
        gone = true
      },
    })
    return new Response(lines, { headers: { 'content-type': BULK_LINES } })
  },
)
