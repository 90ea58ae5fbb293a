import { ScriptCode } from '../redis/script-codes'
import type { Command } from './command'
import { CommandError } from './command-error'

/** Removes the record of a coordinator that has ended and holds nothing any more. */
export const forgetCoordinator: Command<'forget-coordinator'> = {
  name: 'forget-coordinator',
  targets: ({ coordinatorId }) => [coordinatorId],
  async carryOut({ coordinatorId, reason }, { scripts }) {
    const { keys } = scripts
    const [code, liveness, held] = await scripts.run(
      'forgetCoordinator',
      [
        keys.coordinator(coordinatorId),
        keys.events,
        keys.deadlines,
        keys.beats,
        keys.coordinators,
        keys.swarms,
        keys.spawn,
      ],
      [coordinatorId, reason],
    )
    switch (code) {
      case ScriptCode.OK:
        return { result: { coordinatorId }, summary: 'forgotten' }
      case ScriptCode.ALIVE:
        throw new CommandError(
          'conflict',
          `${coordinatorId} has not ended, it is ${liveness}.`,
          'Stop its process, or clean it up first.',
        )
      case ScriptCode.HOLDS:
        throw new CommandError(
          'conflict',
          `${coordinatorId} still holds ${held}, which would be lost.`,
          'Escalate it, so that a replacement takes them over.',
        )
      default:
        throw new CommandError('not-found', `There is no coordinator ${coordinatorId}.`)
    }
  },
}
