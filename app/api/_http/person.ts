import type { NewAuditEntry } from '@/lib/commands/audit-log'
import type { Presser } from '@/lib/commands/command'
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

/** What is done to users, sessions and tokens is in the audit; it is no event of the swarm. */
export async function noteInAudit(
  {
    caller,
    address,
    runtime,
  }: Pick<RouteCall<never, never, never>, 'caller' | 'address' | 'runtime'>,
  entry: Pick<NewAuditEntry, 'action' | 'targets' | 'detail'>,
): Promise<void> {
  const who = personOf(caller).session.user
  await runtime.commands.audit.add({ who, address, outcome: 'done', ...entry })
}
