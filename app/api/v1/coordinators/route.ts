import { z } from 'zod'
import { idSchema } from '@/lib/protocol/ids'
import { withFreshBeat } from '@/lib/view/fresh-beat'
import { route } from '../../_http/define-route'
import { machineScope } from '../../_http/machine-scope'

const query = z.strictObject({ swarm: idSchema.optional() })

/** Every coordinator that has a record, as the board shows it. */
export const GET = route({ role: 'viewer', machines: true, query }, async (call) => {
  const { board } = call.runtime
  const scope = machineScope(call.caller, call.runtime)
  const view = board.view()
  const coordinators = [...view.coordinators.values()].filter(
    (it) =>
      (call.query.swarm === undefined || it.swarmId === call.query.swarm) &&
      (scope === undefined || scope.view(it)),
  )
  return {
    coordinators: coordinators.map((it) => withFreshBeat(it, board.lastBeat(it.id))),
    seq: view.seq,
    serverTime: board.serverNow(),
  }
})
