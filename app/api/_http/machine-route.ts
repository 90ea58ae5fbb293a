import { z } from 'zod'
import { guardScripts, redisBreakerOf } from '@/lib/cfn-loop/redis-breaker'
import type { RemoteEntrant } from '@/lib/cfn-loop/register-remote'
import { RemoteCoordinator } from '@/lib/cfn-loop/remote-coordinator'
import { coordinatorIdSchema } from '@/lib/protocol/ids'
import { createScriptRunner, type ScriptRunner } from '@/lib/redis/run-script'
import type { Runtime } from '@/lib/runtime/runtime'
import { keyRingOf } from '../_reads/check-acks'
import type { Caller } from './caller'
import { type RouteCall, type RouteHandler, route } from './define-route'
import { machineScope } from './machine-scope'
import { HttpProblem } from './problem'

const params = z.object({ id: coordinatorIdSchema })

/** Runs the core's scripts as this coordinator. */
export function runnerAs({ redis, keys }: Runtime, coordinatorId: string): ScriptRunner {
  return guardScripts(createScriptRunner(redis, keys, coordinatorId), redisBreakerOf(redis))
}

/**
 * Whom a token lets register: its one coordinator, or anybody in its swarm. Which swarm an id is of
 * already, the script knows.
 *
 * @throws HttpProblem
 */
export function entrantOf(caller: Caller, coordinatorId: string): RemoteEntrant {
  const scope = caller.kind === 'machine' ? caller.machine.scope : undefined
  if (scope?.kind === 'swarm') return { coordinatorId, onlySwarm: scope.id }
  if (scope?.kind === 'coordinator' && scope.id === coordinatorId) return { coordinatorId }
  throw notYours(coordinatorId)
}

/** A route by which a registered coordinator that has no access to Redis takes part. */
export function machineRoute<B extends z.ZodType<{ epoch: number; instance: string }>>(
  body: B,
  handler: (
    coordinator: RemoteCoordinator,
    call: Pick<RouteCall<unknown, unknown, z.infer<B>>, 'body' | 'request' | 'runtime'>,
  ) => Promise<unknown>,
): RouteHandler {
  return route(
    { role: 'viewer', machines: 'acting', limit: 'call', params, body },
    async ({ params: { id }, body: given, caller, request, runtime }) => {
      await checkScope(caller, runtime, id)
      const { epoch, instance } = given
      const coordinator = new RemoteCoordinator({
        coordinatorId: id,
        incarnation: { epoch, instance },
        runner: runnerAs(runtime, id),
        ring: keyRingOf(runtime),
        namespace: runtime.config.namespace,
        now: () => runtime.board.serverNow(),
      })
      return handler(coordinator, { body: given, request, runtime })
    },
  )
}

/** By the record, not by the board: what has just registered may not be on it yet. */
async function checkScope(caller: Caller, runtime: Runtime, id: string): Promise<void> {
  const scope = caller.kind === 'machine' ? caller.machine.scope : undefined
  if (scope?.kind !== 'swarm') {
    if (!machineScope(caller, runtime)?.coordinator(id)) throw notYours(id)
    return
  }
  const swarm = await runtime.redis.hget(runtime.keys.coordinator(id), 'swarm')
  // Where there is no record, whoever calls is told to register.
  if (swarm !== null && swarm !== scope.id) throw notYours(id)
}

function notYours(id: string): HttpProblem {
  return new HttpProblem(403, `This token does not open ${id}.`)
}
