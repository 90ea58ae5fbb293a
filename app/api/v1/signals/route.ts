import { z } from 'zod'
import { coordinatorIdSchema } from '@/lib/protocol/ids'
import { signalTypeSchema, targetStateSchema } from '@/lib/protocol/signal'
import type { SignalRecord } from '@/lib/redis/records/signal-record'
import { createSignalStore } from '@/lib/redis/stores/signal-store'
import { commandRoute } from '../../_http/command-route'
import { route } from '../../_http/define-route'
import { machineScope } from '../../_http/machine-scope'

const SCAN = 4000

/** A thousand targets, and a payload of 16 KB. */
const SEND_BYTES = 128 * 1024

const query = z.strictObject({
  /** A target in this state. */
  state: targetStateSchema.optional(),
  source: coordinatorIdSchema.optional(),
  target: coordinatorIdSchema.optional(),
  type: signalTypeSchema.optional(),
  /** Stands in the signal's id. */
  q: z.string().min(1).max(100).optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

/** Signals, newest first; `next`, as `after`, goes on. */
export const GET = route({ role: 'viewer', machines: true, query }, async (call) => {
  const { redis, keys, log } = call.runtime
  const scope = machineScope(call.caller, call.runtime)
  const store = createSignalStore(redis, keys, (signalId, problem) =>
    log.warn({ signalId, problem }, 'a signal cannot be read'),
  )
  const { records, next } = await store.page({
    cursor: call.query.after,
    limit: call.query.limit,
    scan: SCAN,
    holds: (it) => fits(it, call.query) && (scope === undefined || scope.signal(it.view)),
  })
  return { signals: records.map((it) => it.view), ...(next === undefined ? {} : { next }) }
})

/** Sends a signal in the control room's name. */
export const POST = commandRoute('send-signal', {}, SEND_BYTES)

function fits({ view }: SignalRecord, asked: z.infer<typeof query>): boolean {
  const { state, source, target, type, q } = asked
  return (
    (state === undefined || view.targets.some((it) => it.state === state)) &&
    (source === undefined || view.source === source) &&
    (target === undefined ||
      view.targets.some((it) => it.coordinatorId === target || it.heldBy === target)) &&
    (type === undefined || view.type === type) &&
    (q === undefined || view.signalId.includes(q))
  )
}
