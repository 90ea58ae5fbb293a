import type { CommandInput, CommandName, CommandResult, Role } from '../protocol/commands'
import type { ScriptRunner } from '../redis/run-script'

/** Who presses. */
export interface Presser {
  readonly user: string
  readonly role: Role
  readonly address?: string | undefined
}

/** What an action may use. */
export interface CommandContext {
  readonly who: Presser
  /** How the log names who did it: `operator:<name>`. */
  readonly actor: string
  /** Runs the core's scripts as this operator. */
  readonly scripts: ScriptRunner
  /** The same for both runs of one press: an effect that would come twice is recognised by it. */
  readonly requestId: string
}

export interface Done<N extends CommandName> {
  readonly result: CommandResult<N>
  /** One line for people. */
  readonly summary: string
  /** The action's own script has written `operator.acted` already. */
  readonly recorded?: boolean
}

/** One action of an operator. Its input is parsed, its role checked, before it is carried out. */
export interface Command<N extends CommandName> {
  readonly name: N
  /** What it is about, for the audit: ids. */
  targets(input: CommandInput<N>): string[]
  /** @throws CommandError when it is refused; anything else means that nobody knows */
  carryOut(input: CommandInput<N>, context: CommandContext): Promise<Done<N>>
}
