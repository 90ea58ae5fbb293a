import { route } from '../../_http/define-route'
import { machineScope } from '../../_http/machine-scope'

interface SwarmEntry {
  swarmId: string
  coordinators: number
  label?: 'sample' | 'load'
}

/** Every swarm with a coordinator, and how many it has. */
export const GET = route({ role: 'viewer', machines: true }, async ({ caller, runtime }) => {
  const scope = machineScope(caller, runtime)
  const swarms = new Map<string, SwarmEntry>()
  for (const { swarmId, label } of runtime.board.view().coordinators.values()) {
    if (scope && !scope.swarm(swarmId)) continue
    const entry = swarms.get(swarmId) ?? { swarmId, coordinators: 0 }
    swarms.set(swarmId, entry)
    entry.coordinators++
    if (label) entry.label = label
  }
  return { swarms: [...swarms.values()].sort((a, b) => (a.swarmId < b.swarmId ? -1 : 1)) }
})
