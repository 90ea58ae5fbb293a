import { route } from '../../_http/define-route'
import { machineScope } from '../../_http/machine-scope'

/** Every breaker as its owner last published it. */
export const GET = route({ role: 'viewer', machines: true }, async ({ caller, runtime }) => {
  const scope = machineScope(caller, runtime)
  const breakers = [...runtime.board.view().breakers.values()]
  return { breakers: breakers.filter((it) => scope === undefined || scope.coordinator(it.owner)) }
})
