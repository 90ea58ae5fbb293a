import { databaseOf } from '../redis/subscriber-connection'
import type { Command } from './command'
import { CommandError } from './command-error'

/** Takes a signal back from everybody who has not answered. */
export const cancelSignal: Command<'cancel-signal'> = {
  name: 'cancel-signal',
  targets: ({ signalId }) => [signalId],
  async carryOut({ signalId, reason }, { scripts }) {
    const [code, ...pairs] = await scripts.run(
      'cancelSignal',
      [scripts.keys.signalRecord(signalId)],
      [signalId, reason, databaseOf(scripts.redis), ''],
    )
    if (code !== 'OK') throw new CommandError('not-found', `There is no signal ${signalId}.`)
    // Each target, followed by who held it.
    const cancelled = pairs.filter((_, i) => i % 2 === 0)
    if (cancelled.length === 0) {
      throw new CommandError(
        'conflict',
        'Nobody is asked any more: all have answered, or it has ended.',
      )
    }
    return { result: { signalId, cancelled }, summary: `cancelled for ${cancelled.join(', ')}` }
  },
}
