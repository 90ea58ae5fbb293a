import { okOrThrow } from '../redis/script-codes'
import type { Command } from './command'
import { CommandError } from './command-error'

/** Takes what is left of a coordinator from among the living; its signals and work items stay. */
export const cleanupCoordinator: Command<'cleanup-coordinator'> = {
  name: 'cleanup-coordinator',
  targets: ({ coordinatorId }) => [coordinatorId],
  async carryOut({ coordinatorId }, { scripts }) {
    const { keys } = scripts
    const [, liveness] = okOrThrow(
      await scripts.run(
        'cleanupCoordinator',
        [keys.coordinator(coordinatorId), keys.events, keys.deadlines, keys.beats, keys.signals],
        [coordinatorId],
      ),
      { operation: 'cleanup', coordinatorId },
    )
    if (!liveness) throw new CommandError('not-found', `There is no coordinator ${coordinatorId}.`)
    return { result: { coordinatorId }, summary: `cleaned up, it was ${liveness}` }
  },
}
