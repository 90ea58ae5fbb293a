import { randomBytes } from 'node:crypto'
import { escalateCoordinator } from '@/lib/cfn-loop/escalate-coordinator'
import { hashClaim } from '@/lib/cfn-loop/send-registration'
import { createScriptRunner } from '@/lib/redis/run-script'
import type { ControlRoom } from './control-room'

/** Replaces a living coordinator, and takes up the request as a spawner does: with a claim of its own. */
export async function claimOfEscalation({ redis, runtime }: ControlRoom, coordinatorId: string) {
  const { keys } = runtime
  const { newCoordinatorId: id } = await escalateCoordinator(
    createScriptRunner(redis, keys, 'operator:ann'),
    {
      coordinatorId,
      monitorId: 'm',
      intervalMs: 1000,
      cleanup: true,
      force: true,
      reason: 'a try',
    },
  )
  const claim = randomBytes(32).toString('base64url')
  const request = (await redis.hget(keys.coordinator(id), 'spawnRequest')) ?? ''
  const [code] = await createScriptRunner(redis, keys, 'spawner:s').run(
    'claimSpawn',
    [keys.coordinator(id), keys.events, keys.spawn],
    [id, 's', hashClaim(claim), request],
  )
  if (code !== 'OK') throw new Error(`the request was not claimed: ${code}`)
  return { id, claim }
}
