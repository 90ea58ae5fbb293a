import { route } from '../api/_http/define-route'
import { HttpProblem } from '../api/_http/problem'

/** For Prometheus, with a machine token whose scope is the metrics; an admin may look as well. */
export const GET = route({ role: 'admin', machines: true }, async ({ caller, runtime }) => {
  if (caller.kind === 'machine' && caller.machine.scope.kind !== 'metrics') {
    throw new HttpProblem(403, 'This needs a token for the metrics.')
  }
  const { contentType, text } = runtime.metrics
  return new Response(await text(), { headers: { 'content-type': contentType } })
})
