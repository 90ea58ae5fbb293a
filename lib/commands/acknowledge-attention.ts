import type { Command } from './command'
import { markAttention } from './mark-attention'

/** Says "I have seen this", by name; the entry stays until its cause is gone. */
export const acknowledgeAttention: Command<'acknowledge-attention'> = {
  name: 'acknowledge-attention',
  targets: ({ entry }) => [entry],
  async carryOut({ entry }, context) {
    await markAttention(context, { action: 'acknowledge-attention', entry })
    return { result: { entry }, summary: 'acknowledged', recorded: true }
  },
}
