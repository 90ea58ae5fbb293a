import type { NewAuditEntry } from '@/lib/commands/audit-log'
import type { Presser } from '@/lib/commands/command'
import { recordOperatorEvent } from '@/lib/commands/record-operator-event'
import { createScriptRunner } from '@/lib/redis/run-script'
import type { Caller } from './caller'
import type { RouteCall } from './define-route'
import { HttpProblem } from './problem'

export type Person = Extract<Caller, { kind: 'person' }>

/** The person who calls; routes that machines may call ask this where only a person will do. */
export function personOf(caller: Caller): Person {
  if (caller.kind !== 'person') throw new HttpProblem(403, 'This needs a person’s session.')
  return caller
}

export function presserOf(
  call: Pick<RouteCall<never, never, never>, 'caller' | 'address'>,
): Presser {
  const { user, role } = personOf(call.caller).session
  return { user, role, address: call.address }
}

/**
 * What is done to users, sessions, tokens and settings: in the audit, and in the log that every board
 * shows. It has been done: a log that cannot be written does not undo it.
 */
export async function noteChange(
  {
    caller,
    address,
    runtime,
  }: Pick<RouteCall<never, never, never>, 'caller' | 'address' | 'runtime'>,
  entry: Pick<NewAuditEntry, 'action' | 'detail'> & { targets: string[] },
): Promise<void> {
  const { user } = personOf(caller).session
  const { redis, keys, commands, log } = runtime
  const { action, targets, detail } = entry
  const actor = `operator:${user}`
  const noted = await Promise.allSettled([
    commands.audit.add({ who: user, address, outcome: 'done', ...entry }),
    recordOperatorEvent(
      { actor, scripts: createScriptRunner(redis, keys, actor) },
      {
        type: 'operator.acted',
        data: {
          operator: user,
          action,
          targets,
          ...(detail === undefined ? {} : { result: detail }),
        },
      },
    ),
  ])
  for (const it of noted) {
    if (it.status === 'rejected')
      log.error({ err: it.reason, action }, 'a change is not in the log')
  }
}
