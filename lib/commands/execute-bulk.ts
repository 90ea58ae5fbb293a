import { createHash } from 'node:crypto'
import type { BulkInput, BulkResult } from '../protocol/commands'
import type { Presser } from './command'
import { isCommandError } from './command-error'
import type { CommandService } from './command-service'

/** More would hold up the scripts of those who are alive. */
const AT_ONCE = 8

/**
 * Carries one action out on many, each as a press of its own: pressed again, it goes on where it
 * was, and what was done is not done twice.
 *
 * @throws what leaves open whether something happened, such as a lost Redis
 */
export async function executeBulk(
  commands: Pick<CommandService, 'execute'>,
  { action, coordinatorIds, reason, requestId }: BulkInput,
  who: Presser,
): Promise<BulkResult> {
  const ids = [...new Set(coordinatorIds)]
  const results: BulkResult['results'] = []
  const queue = ids.entries()
  const work = async () => {
    for (const [index, coordinatorId] of queue) {
      const own = createHash('sha256').update(`${requestId}:${coordinatorId}`).digest('base64url')
      const input = { coordinatorId, reason, requestId: own }
      try {
        const result = await commands.execute(action, input, who)
        const replaced = 'newCoordinatorId' in result ? result.newCoordinatorId : undefined
        results[index] = {
          coordinatorId,
          done: true,
          ...(replaced === undefined ? {} : { newCoordinatorId: replaced }),
        }
      } catch (error) {
        if (!isCommandError(error)) throw error
        const { message, hint } = error
        const advice = hint === undefined ? {} : { hint }
        results[index] = { coordinatorId, done: false, why: message, ...advice }
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return { results }
}
