import type { AnySignalType } from '../protocol/signal'
import { isRedisFullError } from '../redis/errors'
import { isCluster } from '../redis/redis-like'
import type { ScriptRunner } from '../redis/run-script'
import { okOrThrow } from '../redis/script-codes'
import { databaseOf } from '../redis/subscriber-connection'
import { contentHash } from './content-hash'
import { localCoordinatorOf } from './local-lives'
import { randomId } from './random-id'
import type { JsonText } from './signal-input'

/** Most pending signals of one inbox. */
export const MAX_PENDING = 1000

export interface SendRequest {
  readonly source: string
  /** As it stands in the id: the target, or `*` of a broadcast. */
  readonly receiver: string
  /** Each once. */
  readonly targets: readonly string[]
  readonly type: AnySignalType
  readonly iteration: number
  readonly payload: JsonText
  readonly ttlMs: number
  /** One of the caller's own; or by what is sent, for as long as it is pending; or none. */
  readonly idempotency: { key: string; ttlMs: number } | 'content' | 'none'
  /** Who sends it through the control room. */
  readonly sentBy?: string | undefined
}

export interface SentSignal {
  readonly signalId: string
  /** Redis' time of sending, ms, or later where another had that already. */
  readonly timestamp: number
  readonly isDuplicate: boolean
}

/**
 * Sends a signal in one script. Where the sender's manager lives in this process it is sent under its
 * epoch: what was replaced can't send any more.
 *
 * @param runner runs in the name of whoever the log shall show
 * @throws InboxFullError, IdempotencyConflictError, FencedError, RedisFullError
 */
export async function sendSignal(runner: ScriptRunner, request: SendRequest): Promise<SentSignal> {
  const { source, targets, payload, idempotency } = request
  const hash = idempotency === 'none' ? '' : contentHash(request)
  const key = idempotency === 'none' ? '' : idempotency === 'content' ? `=${hash}` : idempotency.key
  const args = [
    request.type,
    request.iteration,
    request.receiver,
    payload.json,
    payload.bytes,
    request.ttlMs,
    key,
    hash,
    typeof idempotency === 'object' ? idempotency.ttlMs : '',
    request.sentBy ?? '',
    databaseOf(runner.redis),
    MAX_PENDING,
    mayResend(runner) ? randomId(16) : '',
    ...targets,
  ]
  const keys = [runner.keys.signals]
  const local = localCoordinatorOf(runner.redis, runner.keys.prefix, source)
  const sent = local?.sending()
  try {
    const answer = local
      ? await local.life.write('sendSignal', keys, args, 'sendSignal')
      : await runner.run('sendSignal', keys, [source, '', '', ...args])
    const [, signalId = '', timestamp, isDuplicate] = okOrThrow(answer, {
      operation: 'sendSignal',
      coordinatorId: source,
      ...(typeof idempotency === 'object' ? { idempotencyKey: idempotency.key } : {}),
    })
    if (isDuplicate !== '1') sent?.(signalId)
    return { signalId, timestamp: Number(timestamp), isDuplicate: isDuplicate === '1' }
  } catch (error) {
    if (isRedisFullError(error)) await noteFull(runner, request)
    throw error
  }
}

/** A client that sends again what was unanswered when its link broke would send a second signal. */
function mayResend({ redis }: ScriptRunner): boolean {
  const options = isCluster(redis) ? redis.options.redisOptions : redis.options
  return options?.autoResendUnfulfilledCommands !== false
}

async function noteFull(runner: ScriptRunner, { source, type, targets }: SendRequest) {
  await runner
    .run('refuseSignal', [runner.keys.events], [source, type, targets[0] ?? source])
    .catch(() => {})
}
