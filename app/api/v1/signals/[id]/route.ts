import { z } from 'zod'
import { signalIdSchema } from '@/lib/protocol/ids'
import { createSignalStore } from '@/lib/redis/stores/signal-store'
import { commandRoute } from '../../../_http/command-route'
import { route } from '../../../_http/define-route'
import { machineScope } from '../../../_http/machine-scope'
import { HttpProblem } from '../../../_http/problem'
import { keyRingOf, recheckAcks } from '../../../_reads/check-acks'

const params = z.object({ id: signalIdSchema })

/** One signal with its payload, and its ACKs checked again. */
export const GET = route({ role: 'viewer', machines: true, params }, async (call) => {
  const { redis, keys, config } = call.runtime
  const scope = machineScope(call.caller, call.runtime)
  const [record] = await createSignalStore(redis, keys).read([call.params.id])
  if (!record || (scope && !scope.signal(record.view))) {
    throw new HttpProblem(404, `There is no signal ${call.params.id}.`)
  }
  const checked = recheckAcks(record, keyRingOf(call.runtime), config.namespace)
  const verdicts = new Map(checked.map((it) => [it.target, it.verdict]))
  const targets = record.view.targets.map((it) => {
    const verdict = verdicts.get(it.coordinatorId)
    return verdict === undefined ? it : { ...it, verdict }
  })
  return {
    signal: { ...record.view, targets },
    ...(record.signal.payload === undefined ? {} : { payload: record.signal.payload }),
    acks: checked.flatMap(({ ack, verdict }) => (ack ? [{ ...ack, verdict }] : [])),
  }
})

/** Takes a signal back from everybody who has not answered. */
export const DELETE = commandRoute('cancel-signal', { id: 'signalId' })
