import { escalateCoordinator as escalate } from '../cfn-loop/escalate-coordinator'
import { isCoordinatorStateError } from '../redis/errors'
import type { Command } from './command'
import { CommandError } from './command-error'

/** Names the control room where it claims a death that no monitor has claimed yet. */
const MONITOR_ID = 'control-room'

/** Replaces a dead coordinator; one that lives by its record only by force. */
export function escalateCoordinator(sweepMs: number): Command<'escalate-coordinator'> {
  return {
    name: 'escalate-coordinator',
    targets: ({ coordinatorId }) => [coordinatorId],
    async carryOut({ coordinatorId, reason, force }, { scripts }) {
      const request = { coordinatorId, reason, force, cleanup: true }
      const { newCoordinatorId, swarmId, claimed } = await escalate(scripts, {
        ...request,
        monitorId: MONITOR_ID,
        intervalMs: sweepMs,
      }).catch((error: unknown) => {
        if (!isCoordinatorStateError(error)) throw error
        throw new CommandError(
          'conflict',
          `${coordinatorId} is not dead, it is ${error.liveness}.`,
          'If it hangs all the same, replace it by force.',
        )
      })
      return {
        result: { coordinatorId, newCoordinatorId, swarmId, claimed },
        summary: claimed
          ? `replaced by ${newCoordinatorId}`
          : `had been replaced by ${newCoordinatorId} already`,
      }
    },
  }
}
