import type { Command } from './command'
import { CommandError } from './command-error'
import { markAttention } from './mark-attention'

/** Hides an entry until a time, at most a week away. */
export const snoozeAttention: Command<'snooze-attention'> = {
  name: 'snooze-attention',
  targets: ({ entry }) => [entry],
  async carryOut({ entry, until }, context) {
    const marked = await markAttention(context, { action: 'snooze-attention', entry, until })
    if (!marked) {
      throw new CommandError('invalid', 'Snooze until a time within the next seven days.')
    }
    return { result: { entry, until }, summary: 'snoozed', recorded: true }
  },
}
