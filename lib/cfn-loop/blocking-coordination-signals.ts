import type { Json } from '../protocol/json'
import { type AnySignalType, type Signal, SignalType } from '../protocol/signal'
import { NotConnectedError } from '../redis/errors'
import { namespaceKeys } from '../redis/keys'
import type { ScriptRunner } from '../redis/run-script'
import type { CircuitBreaker } from './circuit-breaker'
import { parseInboxAnswer } from './inbox-entry'
import { createRedisBreaker } from './redis-breaker'
import { type SendRequest, sendSignal } from './send-signal'
import {
  checkId,
  checkIteration,
  checkJson,
  checkSignalId,
  checkSignalType,
  checkTargets,
} from './signal-input'
import {
  openSignalsConnection,
  type SignalsConnection,
  signalsConnectionOver,
} from './signals/signals-connection'
import type { ReceivedSignal, SendSignalResult, SignalStatistics } from './signals/signals-results'
import { type BlockingCoordinationSignalsOptions, checkSignalsOptions } from './signals-options'
import { withdrawSignal } from './withdraw-signal'

export type { ReceivedSignal, SendSignalResult, SignalStatistics } from './signals/signals-results'
export type { BlockingCoordinationSignalsOptions } from './signals-options'
export { SignalType }

export interface SendSignalOptions {
  /** The same key with the same content is the same signal, for `idempotencyTTL`; other content is refused. */
  idempotencyKey?: string
}

/** Sends signals, and looks at inboxes without taking anything out of them. */
export class BlockingCoordinationSignals {
  /** Guards its access to Redis. */
  readonly breaker: CircuitBreaker = createRedisBreaker()
  readonly #options: ReturnType<typeof checkSignalsOptions>
  readonly #keys
  #connection: SignalsConnection | undefined
  #connecting: Promise<void> | undefined
  #statistics = noStatistics()

  /** @throws InvalidInputError naming the option and its rule */
  constructor(options: BlockingCoordinationSignalsOptions = {}) {
    this.#options = checkSignalsOptions(options)
    this.#keys = namespaceKeys(this.#options.namespace)
  }

  /** @throws Error 'Redis connection failed'; it can be called again */
  connect(): Promise<void> {
    if (this.#connection) return Promise.resolve()
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined
    })
    return this.#connecting
  }

  /** Idempotent. */
  async disconnect(): Promise<void> {
    await this.#connecting?.catch(() => {})
    const connection = this.#connection
    this.#connection = undefined
    await connection?.close()
  }

  /**
   * Sends a signal to one coordinator. Accepted means stored: until it is acknowledged, cancelled or
   * expired it is pending, whether or not the receiver lives. After a time-out send it again.
   *
   * @param payload anything JSON can hold, up to 16 KB and 8 levels
   * @throws NotConnectedError, InvalidInputError, InboxFullError, IdempotencyConflictError, FencedError,
   *   RedisFullError
   */
  async sendSignal(
    senderId: string,
    receiverId: string,
    type: AnySignalType,
    iteration: number,
    payload?: Json,
    options: SendSignalOptions = {},
  ): Promise<SendSignalResult> {
    return this.#counted(async () => {
      const receiver = checkId('receiverId', receiverId)
      const content = { senderId, type, iteration, payload }
      return this.#send('sendSignal', receiver, [receiver], content, options)
    })
  }

  /** Sends one signal to many, under one id: one `waitForAcks` covers them. All get it, or none. */
  async broadcast(
    senderId: string,
    receiverIds: readonly string[],
    type: AnySignalType,
    iteration: number,
    payload?: Json,
    options: SendSignalOptions = {},
  ): Promise<SendSignalResult> {
    return this.#counted(async () => {
      const targets = checkTargets('receiverIds', receiverIds)
      const content = { senderId, type, iteration, payload }
      return this.#send('broadcast', '*', targets, content, options)
    })
  }

  /** The oldest signal that is pending for a coordinator, left in place. */
  async receiveSignal(id: string): Promise<ReceivedSignal> {
    return this.#counted(async () => {
      const [signal] = await this.#read('receiveSignal', id, 1)
      if (signal) this.#statistics.signalsReceived += 1
      return { signal: signal ?? null, exists: signal !== undefined, key: this.#keys.inbox(id) }
    })
  }

  /** All signals that are pending for a coordinator, the oldest first. */
  async listPending(id: string): Promise<Signal[]> {
    return this.#counted(() => this.#read('listPending', id, 100_000))
  }

  /**
   * Takes a signal back from all who have not answered.
   *
   * @returns whether there was anybody
   */
  async cancelSignal(signalId: string, options: { reason?: string } = {}): Promise<boolean> {
    return this.#counted(async () => {
      checkSignalId('signalId', signalId)
      const runner = this.#runner('cancelSignal')
      const cancelled = await withdrawSignal(runner, { signalId, reason: options.reason })
      return (cancelled?.length ?? 0) > 0
    })
  }

  /**
   * Takes a signal out of one coordinator's inbox: the oldest where none is named. It is cancelled for it.
   *
   * @returns whether it was there
   */
  async deleteSignal(id: string, signalId?: string): Promise<boolean> {
    return this.#counted(async () => {
      checkId('id', id)
      if (signalId !== undefined) checkSignalId('signalId', signalId)
      const runner = this.#runner('deleteSignal')
      const chosen = signalId ?? (await this.#read('deleteSignal', id, 1))[0]?.signalId
      if (chosen === undefined) return false
      const reason = 'deleted from the inbox'
      const deleted = await withdrawSignal(runner, { signalId: chosen, holder: id, reason })
      return (deleted?.length ?? 0) > 0
    })
  }

  /** Whether anything is pending for a coordinator. */
  async signalExists(id: string): Promise<boolean> {
    return this.#counted(async () => {
      checkId('id', id)
      const { redis } = this.#connected('signalExists')
      return (await this.breaker.execute(() => redis.xlen(this.#keys.inbox(id)))) > 0
    })
  }

  /** How long until the oldest pending signal of a coordinator expires, s; -2 when none is pending. */
  async getSignalTTL(id: string): Promise<number> {
    return this.#counted(async () => {
      const [signal] = await this.#read('getSignalTTL', id, 1)
      if (!signal) return -2
      const { redis } = this.#connected('getSignalTTL')
      const record = this.#keys.signalRecord(signal.signalId)
      const [deadline, time] = await this.breaker.execute(() =>
        Promise.all([redis.hget(record, 'deadline'), redis.time()]),
      )
      if (!deadline) return -2
      return Math.max(0, Math.ceil(Number(deadline) / 1000 - Number(time[0])))
    })
  }

  getStatistics(): SignalStatistics {
    return { ...this.#statistics }
  }

  resetStatistics(): void {
    this.#statistics = noStatistics()
  }

  async #connect(): Promise<void> {
    const { redisClient } = this.#options
    // A client that is there is used from this moment on, also by who does not wait.
    this.#connection = redisClient
      ? signalsConnectionOver(redisClient, this.#keys, this.breaker)
      : await openSignalsConnection(this.#options, this.#keys, this.breaker)
  }

  async #send(
    operation: string,
    receiver: string,
    targets: string[],
    content: {
      senderId: string
      type: AnySignalType
      iteration: number
      payload?: Json | undefined
    },
    { idempotencyKey }: SendSignalOptions,
  ): Promise<SendSignalResult> {
    const source = checkId('senderId', content.senderId)
    const request: SendRequest = {
      source,
      receiver,
      targets,
      type: checkSignalType('type', content.type),
      iteration: checkIteration('iteration', content.iteration),
      payload: checkJson('payload', content.payload),
      ttlMs: this.#options.signalTtlMs,
      idempotency: this.#idempotency(idempotencyKey),
    }
    const sent = await sendSignal(this.#runner(operation, source), request)
    if (sent.isDuplicate) this.#statistics.duplicatesDetected += 1
    else this.#statistics.signalsSent += 1
    return {
      success: true,
      messageId: sent.signalId,
      isDuplicate: sent.isDuplicate,
      timestamp: sent.timestamp,
      key: this.#keys.inbox(receiver),
    }
  }

  #idempotency(key: string | undefined): SendRequest['idempotency'] {
    if (key !== undefined) {
      return { key: checkId('idempotencyKey', key), ttlMs: this.#options.idempotencyTtlMs }
    }
    return this.#options.enableIdempotency ? 'content' : 'none'
  }

  async #read(operation: string, id: string, count: number): Promise<Signal[]> {
    checkId('id', id)
    const answer = await this.#runner(operation).run(
      'readInbox',
      [this.#keys.inbox(id)],
      [count, ''],
    )
    return parseInboxAnswer(answer).entries.map((it) => it.signal)
  }

  #connected(operation: string): SignalsConnection {
    if (!this.#connection) throw new NotConnectedError(operation)
    return this.#connection
  }

  #runner(operation: string, actor = 'system'): ScriptRunner {
    return this.#connected(operation).runner(actor)
  }

  async #counted<R>(call: () => Promise<R>): Promise<R> {
    try {
      return await call()
    } catch (error) {
      this.#statistics.errors += 1
      throw error
    }
  }
}

function noStatistics(): SignalStatistics {
  return { signalsSent: 0, signalsReceived: 0, duplicatesDetected: 0, errors: 0 }
}
