import { outcomeSchema } from '../protocol/consensus'
import type { Command } from './command'
import { CommandError } from './command-error'

/** The word of an operator in the owner's place, in a round that waits for one. */
export const decideConsensus: Command<'decide-consensus'> = {
  name: 'decide-consensus',
  targets: ({ key }) => [key],
  async carryOut({ key, decision }, { scripts }) {
    const { keys } = scripts
    const [code, detail = ''] = await scripts.run(
      'decideConsensus',
      [keys.consensusByKey(key), keys.events, keys.deadlines],
      [key, decision, '', '', '[]', '[]'],
    )
    switch (code) {
      case 'OK':
        return { result: { key, decision }, summary: `decided: ${decision}` }
      case 'POLICY':
        throw new CommandError('conflict', 'The votes decide this round, not an owner.')
      case 'DECIDED': {
        const outcome = outcomeSchema.safeParse(JSON.parse(detail))
        const how = outcome.success ? `: ${outcome.data.decision}, by ${outcome.data.by}` : ''
        throw new CommandError('conflict', `This round has ended${how}.`)
      }
      default:
        throw new CommandError('not-found', `There is no round ${key}.`)
    }
  },
}
