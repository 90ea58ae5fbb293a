import { randomBytes } from 'node:crypto'
import {
  type CommandInput,
  type CommandName,
  type CommandResult,
  commandInputs,
  commandResults,
  commandRoles,
  type Role,
  roleAtLeast,
} from '../protocol/commands'
import { SERVER_PREFIX } from '../redis/keys'
import type { RedisLike } from '../redis/redis-like'
import { evaluate, type RunScript, type ScriptRunner } from '../redis/run-script'
import { type AuditLog, auditText, createAuditLog, type NewAuditEntry } from './audit-log'
import type { Command, CommandContext, Presser } from './command'
import { CommandError, invalidInput } from './command-error'
import { commandErrorOf } from './command-error-of'
import { recordOperatorEvent } from './record-operator-event'
import { createRequestLedger, fingerprintOf, type Outcome } from './request-ledger'

export type Commands = { readonly [N in CommandName]: Command<N> }

/** What somebody wants to do, before it is known whether they may. */
export interface Act {
  readonly action: string
  readonly needs: Role
  readonly targets: readonly string[]
}

/** A refusal names so many of its targets, and counts the others. */
const REFUSED_NAMED = 100

export interface CommandService {
  /**
   * Carries out one action: authorised, checked, once per request id, in the audit and in the log.
   *
   * @throws CommandError when it did not happen, with what to do; any other error means that nobody
   *   knows (Redis did not answer), and the same press can be tried again
   */
  execute<N extends CommandName>(name: N, input: unknown, who: Presser): Promise<CommandResult<N>>
  /**
   * Lets through who has the role; anybody else's try stands in the audit and the log.
   *
   * @throws CommandError
   */
  admit(act: Act, who: Presser): Promise<void>
  /** Puts a sign-in into the audit and the log. */
  signedIn(who: Presser): Promise<void>
  readonly audit: AuditLog
}

export interface CommandParts {
  /** Where the control room keeps its own: users, audit, presses. */
  readonly redis: RedisLike
  /** Runs the scripts of the namespace that is shown, as this actor. */
  readonly scriptsAs: (actor: string) => ScriptRunner
  readonly commands: Commands
  readonly auditKept?: number
}

export function createCommandService(parts: CommandParts): CommandService {
  const { redis, scriptsAs, commands } = parts
  const runServer: RunScript = (name, keys, args) =>
    evaluate(redis, name, keys, [SERVER_PREFIX, 'system', ...args])
  const audit = createAuditLog(redis, parts.auditKept)
  const ledger = createRequestLedger(runServer, audit.kept)

  function contextOf(who: Presser, requestId: string): CommandContext {
    const actor = `operator:${who.user}`
    return { who, actor, scripts: scriptsAs(actor), requestId }
  }

  async function admit({ action, needs, targets }: Act, who: Presser): Promise<void> {
    if (roleAtLeast(who.role, needs)) return
    const context = contextOf(who, '')
    const rule = `needs the role ${needs}, and ${who.user} is ${who.role}`
    const named = targets.slice(0, REFUSED_NAMED)
    const more = targets.length - named.length
    const detail = more === 0 ? rule : `${rule}; ${more} more targets`
    await audit.add({ ...auditOf(action, named, context), outcome: 'refused', detail })
    await recordOperatorEvent(context, {
      type: 'operator.refused',
      data: { operator: who.user, action, targets: named, rule: detail },
    })
    throw new CommandError('forbidden', `This ${rule}.`, 'Ask an admin for the role.')
  }

  return {
    audit,
    admit,
    async execute<N extends CommandName>(name: N, raw: unknown, who: Presser) {
      const command: Command<N> = commands[name]
      // Whoever may not do it is not told what is wrong with what they sent.
      const sent = commandInputs[name].safeParse(raw)
      const targets = sent.success ? command.targets(sent.data as CommandInput<N>) : []
      await admit({ action: name, needs: commandRoles[name], targets }, who)
      const input = parseInput(name, raw)
      const requestId = input.requestId ?? randomBytes(16).toString('base64url')
      const context = contextOf(who, requestId)
      const begun = await ledger.begin(who.user, requestId, fingerprintOf(name, input))
      const outcome =
        'outcome' in begun ? begun.outcome : await carryOutOnce(command, input, context, begun.turn)
      return resultOf(name, outcome)
    },
    async signedIn(who) {
      const context = contextOf(who, '')
      await audit.add({ ...auditOf('sign-in', [who.user], context), outcome: 'done' })
      const data = { operator: who.user }
      await recordOperatorEvent(context, { type: 'operator.signed_in', data })
    },
  }
}

/** Carries it out with the turn held, and keeps what it came to. */
async function carryOutOnce<N extends CommandName>(
  command: Command<N>,
  input: CommandInput<N>,
  context: CommandContext,
  turn: { finish(outcome: Outcome, entry: string): Promise<boolean>; abandon(): Promise<void> },
): Promise<Outcome> {
  const targets = command.targets(input)
  const entry = { ...auditOf(command.name, targets, context), ...reasonOf(input) }
  try {
    const done = await command.carryOut(input, context)
    if (!done.recorded) {
      const { user } = context.who
      const acted = { operator: user, action: command.name, targets, result: done.summary }
      const data = { ...acted, ...reasonOf(input) }
      await recordOperatorEvent(context, { type: 'operator.acted', data })
    }
    const outcome: Outcome = { ok: true, result: done.result }
    await turn.finish(outcome, auditText({ ...entry, outcome: 'done', detail: done.summary }))
    return outcome
  } catch (error) {
    const known = commandErrorOf(error)
    // Nobody knows if it happened, or it may well happen in a moment: the same press can try again.
    if (known === undefined || known.kind === 'unavailable') {
      // If this fails too, the turn ends by its lease.
      await turn.abandon().catch(() => {})
      throw known ?? error
    }
    const { kind, message, hint, fields } = known
    const outcome: Outcome = { ok: false, kind, message, hint, fields: [...fields] }
    await turn.finish(outcome, auditText({ ...entry, outcome: 'failed', detail: message }))
    return outcome
  }
}

function resultOf<N extends CommandName>(name: N, outcome: Outcome): CommandResult<N> {
  if (!outcome.ok) {
    throw new CommandError(outcome.kind, outcome.message, outcome.hint, outcome.fields)
  }
  return commandResults[name].parse(outcome.result) as CommandResult<N>
}

function parseInput<N extends CommandName>(name: N, raw: unknown): CommandInput<N> {
  const parsed = commandInputs[name].safeParse(raw)
  if (parsed.success) return parsed.data as CommandInput<N>
  throw invalidInput(parsed.error)
}

function auditOf(
  action: string,
  targets: readonly string[],
  { who, requestId }: CommandContext,
): Omit<NewAuditEntry, 'outcome'> {
  return {
    who: who.user,
    action,
    targets: [...targets],
    ...(who.address === undefined ? {} : { address: who.address }),
    ...(requestId === '' ? {} : { requestId }),
  }
}

function reasonOf(input: object): { reason?: string } {
  return 'reason' in input && typeof input.reason === 'string' ? { reason: input.reason } : {}
}
