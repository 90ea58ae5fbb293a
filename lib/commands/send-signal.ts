import { contentHash } from '../cfn-loop/content-hash'
import { checkJson } from '../cfn-loop/signal-input'
import { okOrThrow } from '../redis/script-codes'
import { databaseOf } from '../redis/subscriber-connection'
import type { Command, CommandContext } from './command'
import { CommandError } from './command-error'

/** Whom the receivers see as the sender; who pressed stands in the record as `sentBy`. */
export const CONTROL_ROOM = 'control-room'

const DAY_MS = 86_400_000
const INBOX_LIMIT = 1000

/** Sends one signal to one or many. The press itself is the idempotency key where no other is given. */
export const sendSignal: Command<'send-signal'> = {
  name: 'send-signal',
  targets: ({ targets }) => [...new Set(targets)],
  async carryOut(input, context) {
    const { scripts, who, requestId } = context
    const { type, iteration, idempotencyKey = requestId } = input
    const targets = [...new Set(input.targets)]
    await checkTargetsExist(targets, context)
    const payload = checkJson('payload', input.payload)
    const [only] = targets
    const answer = await scripts.run(
      'sendSignal',
      [scripts.keys.signals],
      [
        '',
        '',
        CONTROL_ROOM,
        type,
        iteration,
        targets.length === 1 && only !== undefined ? only : '*',
        payload.json,
        payload.bytes,
        DAY_MS,
        idempotencyKey,
        contentHash({ targets, type, iteration, payload }),
        DAY_MS,
        who.user,
        databaseOf(scripts.redis),
        INBOX_LIMIT,
        '',
        ...targets,
      ],
    )
    const facts = { operation: 'sendSignal', coordinatorId: CONTROL_ROOM, idempotencyKey }
    const [, signalId = '', timestamp, duplicate] = okOrThrow(answer, facts)
    const isDuplicate = duplicate === '1'
    return {
      result: { signalId, isDuplicate, timestamp: Number(timestamp), idempotencyKey },
      summary: isDuplicate ? `had been sent as ${signalId} already` : `sent as ${signalId}`,
    }
  },
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
