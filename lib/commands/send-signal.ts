import { createHash } from 'node:crypto'
import { sendSignal as send } from '../cfn-loop/send-signal'
import { checkJson } from '../cfn-loop/signal-input'
import type { Command, CommandContext } from './command'
import { CommandError } from './command-error'

/** Whom the receivers see as the sender; who pressed stands in the record as `sentBy`. */
export const CONTROL_ROOM = 'control-room'

const DAY_MS = 86_400_000

/** Sends one signal to one or many. The press itself is the idempotency key where no other is given. */
export const sendSignal: Command<'send-signal'> = {
  name: 'send-signal',
  targets: ({ targets }) => [...new Set(targets)],
  async carryOut(input, context) {
    const { scripts, who, requestId } = context
    const { type, iteration } = input
    const idempotencyKey = input.idempotencyKey ?? keyOf(who.user, requestId)
    const targets = [...new Set(input.targets)]
    await checkTargetsExist(targets, context)
    const [only] = targets
    const { signalId, timestamp, isDuplicate } = await send(scripts, {
      source: CONTROL_ROOM,
      receiver: targets.length === 1 && only !== undefined ? only : '*',
      targets,
      type,
      iteration,
      payload: checkJson('payload', input.payload),
      ttlMs: DAY_MS,
      idempotency: { key: idempotencyKey, ttlMs: DAY_MS },
      sentBy: who.user,
    })
    return {
      result: { signalId, isDuplicate, timestamp, idempotencyKey },
      summary: isDuplicate ? `had been sent as ${signalId} already` : `sent as ${signalId}`,
    }
  },
}

/** Of this press alone: request ids are the user's own, and all send in one name. */
function keyOf(user: string, requestId: string): string {
  return createHash('sha256').update(`${user}:${requestId}`).digest('base64url')
}

/** A program may send to who comes later; a person who names nobody has mistyped. */
async function checkTargetsExist(targets: string[], { scripts }: CommandContext): Promise<void> {
  const known = await scripts.redis.smismember(scripts.keys.coordinators, targets)
  const unknown = targets.filter((_, i) => known[i] !== 1)
  if (unknown.length > 0) {
    const names = unknown.slice(0, 5).join(', ') + (unknown.length > 5 ? ' …' : '')
    throw new CommandError('not-found', `There is no coordinator ${names}.`)
  }
}
