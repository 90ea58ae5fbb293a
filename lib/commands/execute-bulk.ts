import { createHash } from 'node:crypto'
import {
  BULK_COMMANDS,
  type BulkInput,
  type BulkResult,
  type BulkTargetResult,
  bulkInputSchema,
  commandRoles,
} from '../protocol/commands'
import type { Presser } from './command'
import { invalidInput, isCommandError } from './command-error'
import type { CommandService } from './command-service'

/** More would hold up the scripts of those who are alive. */
const AT_ONCE = 8

const AGAIN = 'Try again: what was done is not done twice.'

/**
 * Checks what was sent, after the role: a refused try is one entry in the audit, however many it names.
 *
 * @throws CommandError
 */
export async function admitBulk(
  commands: Pick<CommandService, 'admit'>,
  raw: unknown,
  who: Presser,
): Promise<BulkInput> {
  const sent = bulkInputSchema.safeParse(raw)
  const action = sent.success ? sent.data.action : BULK_COMMANDS[0]
  const targets = sent.success ? sent.data.coordinatorIds : []
  await commands.admit(
    { action: sent.success ? action : 'act-on-many', needs: commandRoles[action], targets },
    who,
  )
  if (sent.success) return sent.data
  throw invalidInput(sent.error)
}

/**
 * Carries one action out on many, each as a press of its own: pressed again, it goes on where it
 * was, and what was done is not done twice. When Redis stops answering, the rest is not tried.
 *
 * @param told each result, as soon as it is there
 */
export async function executeBulk(
  commands: Pick<CommandService, 'execute'>,
  { action, coordinatorIds, reason, requestId }: BulkInput,
  who: Presser,
  told: (result: BulkTargetResult) => void = () => {},
): Promise<BulkResult> {
  const ids = [...new Set(coordinatorIds)]
  const results: BulkTargetResult[] = []
  const queue = ids.entries()
  let broken = false
  const actOn = async (coordinatorId: string): Promise<BulkTargetResult> => {
    if (broken) {
      const why = 'Not tried, since Redis has stopped answering.'
      return { coordinatorId, done: false, why, hint: AGAIN }
    }
    const own = createHash('sha256').update(`${requestId}:${coordinatorId}`).digest('base64url')
    try {
      const result = await commands.execute(action, { coordinatorId, reason, requestId: own }, who)
      const replaced = 'newCoordinatorId' in result ? result.newCoordinatorId : undefined
      const cancelled = 'cancelled' in result ? result.cancelled : undefined
      return {
        coordinatorId,
        done: true,
        ...(replaced === undefined ? {} : { newCoordinatorId: replaced }),
        ...(cancelled === undefined ? {} : { cancelled }),
      }
    } catch (error) {
      if (!isCommandError(error)) {
        broken = true
        const why = 'Redis did not answer, so nobody knows whether it was done.'
        return { coordinatorId, done: false, unsure: true, why, hint: AGAIN }
      }
      const { message, hint } = error
      return {
        coordinatorId,
        done: false,
        why: message,
        ...(hint === undefined ? {} : { hint }),
      }
    }
  }
  const work = async () => {
    for (const [index, coordinatorId] of queue) {
      const result = await actOn(coordinatorId)
      results[index] = result
      told(result)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return { results }
}
