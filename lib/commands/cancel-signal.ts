import { withdrawSignal } from '../cfn-loop/withdraw-signal'
import type { Command } from './command'
import { CommandError } from './command-error'

/** Takes a signal back from everybody who has not answered. */
export const cancelSignal: Command<'cancel-signal'> = {
  name: 'cancel-signal',
  targets: ({ signalId }) => [signalId],
  async carryOut({ signalId, reason }, { scripts }) {
    const cancelled = await withdrawSignal(scripts, { signalId, reason })
    if (!cancelled) throw new CommandError('not-found', `There is no signal ${signalId}.`)
    if (cancelled.length === 0) {
      throw new CommandError(
        'conflict',
        'Nobody is asked any more: all have answered, or it has ended.',
      )
    }
    cancelled.sort()
    return { result: { signalId, cancelled }, summary: `cancelled for ${cancelled.join(', ')}` }
  },
}
