import { z } from 'zod'
import { idSchema } from '@/lib/protocol/ids'
import { createConsensusStore } from '@/lib/redis/stores/consensus-store'
import { route } from '../../_http/define-route'
import { machineScope } from '../../_http/machine-scope'

const query = z.strictObject({
  swarm: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(300),
})

/** The latest rounds of votes, oldest first. */
export const GET = route({ role: 'viewer', machines: true, query }, async (call) => {
  const { redis, keys } = call.runtime
  const scope = machineScope(call.caller, call.runtime)
  const store = createConsensusStore(redis, keys, (key, problem) =>
    call.runtime.log.warn({ key, problem }, 'a round of votes cannot be read'),
  )
  const rounds = await store.list(call.query.limit, call.query.swarm)
  return { rounds: rounds.filter((it) => scope === undefined || scope.swarm(it.swarmId)) }
})
