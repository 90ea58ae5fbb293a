import { withdrawSignal } from '../cfn-loop/withdraw-signal'
import type { Command } from './command'
import { CommandError } from './command-error'

/** Takes back every signal that a coordinator holds and has not answered. Who waits for those ACKs goes on. */
export const cancelPendingSignals: Command<'cancel-pending-signals'> = {
  name: 'cancel-pending-signals',
  targets: ({ coordinatorId }) => [coordinatorId],
  async carryOut({ coordinatorId, reason }, { scripts }) {
    const { keys, redis } = scripts
    const entries = await redis.xrange(keys.inbox(coordinatorId), '-', '+')
    // A signal stands there twice where it was handed on to somebody whom it was sent to as well.
    const ids = new Set(entries.flatMap(([, [, signalId]]) => signalId ?? []))
    let cancelled = 0
    for (const signalId of ids) {
      const taken = await withdrawSignal(scripts, { signalId, reason, holder: coordinatorId })
      cancelled += (taken?.length ?? 0) > 0 ? 1 : 0
    }
    if (cancelled === 0) {
      throw new CommandError('conflict', `No signal is pending in the inbox of ${coordinatorId}.`)
    }
    return { result: { coordinatorId, cancelled }, summary: `cancelled ${cancelled} pending` }
  },
}
