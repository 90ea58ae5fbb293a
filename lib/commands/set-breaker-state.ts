import type { Command } from './command'
import { CommandError } from './command-error'

const asked = { open: 'to open', closed: 'to close', reset: 'to start afresh' } as const

/** Asks the owner of a breaker for a state; the owner obeys on its next contact, and says so. */
export const setBreakerState: Command<'set-breaker-state'> = {
  name: 'set-breaker-state',
  targets: ({ owner, name }) => [`${owner}:${name}`],
  async carryOut({ owner, name, state, reason }, { scripts }) {
    const { keys } = scripts
    const [code] = await scripts.run(
      'forceBreaker',
      [keys.breaker(owner, name), keys.events, keys.coordinator(owner)],
      [owner, name, state, reason],
    )
    if (code !== 'OK') {
      throw new CommandError('not-found', `${owner} has published no breaker ${name}.`)
    }
    return { result: { owner, name, state }, summary: `asked ${asked[state]}` }
  },
}
