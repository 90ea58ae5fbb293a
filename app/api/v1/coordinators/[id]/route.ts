import { z } from 'zod'
import { coordinatorIdSchema } from '@/lib/protocol/ids'
import { route } from '../../../_http/define-route'
import { machineScope } from '../../../_http/machine-scope'
import { HttpProblem } from '../../../_http/problem'
import { coordinatorDetail } from '../../../_reads/coordinator-detail'

const params = z.object({ id: coordinatorIdSchema })

/** One coordinator, with what an operator needs to decide about it. */
export const GET = route({ role: 'viewer', machines: true, params }, async (call) => {
  const { params, runtime } = call
  const scope = machineScope(call.caller, runtime)
  const coordinator = runtime.board.view().coordinators.get(params.id)
  // What a machine may not see is as if it were not there.
  if (!coordinator || (scope && !scope.view(coordinator))) {
    throw new HttpProblem(404, `There is no coordinator ${params.id}.`)
  }
  return coordinatorDetail(coordinator, runtime)
})
