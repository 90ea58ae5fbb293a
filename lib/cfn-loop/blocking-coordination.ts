import { secondSecretFromEnvironment } from '../config/library-environment'
import { metricsRecorder } from '../observability/metrics-recorder'
import { type Hint, parseHints } from '../protocol/hint'
import type { WorkItem } from '../protocol/http'
import type { Json } from '../protocol/json'
import type { AnySignalType, HandmadeSignal, Signal, SignalAck } from '../protocol/signal'
import {
  ConfigurationError,
  isFencedError,
  isInvalidInputError,
  isSignalStateError,
  NotConnectedError,
} from '../redis/errors'
import { namespaceKeys } from '../redis/keys'
import { createScriptRunner, type ScriptRunner } from '../redis/run-script'
import { databaseOf } from '../redis/subscriber-connection'
import { type AckFields, canonicalAck, verifyAck } from './ack-mac'
import { AckReader } from './ack-reader'
import { Acknowledger, notATarget } from './acknowledge-signal'
import type { CircuitBreaker } from './circuit-breaker'
import { CoordinatorLife } from './coordinator-life'
import { createDebugLog, type DebugLog } from './debug-log'
import { type HintHub, hintHubOf } from './hint-hub'
import { createKeyRing, type KeyRing, secretWarning } from './key-ring'
import { enterLocalCoordinator } from './local-lives'
import {
  type BlockingCoordinationManagerOptions,
  checkManagerOptions,
  checkPhase,
} from './manager-options'
import { publishBreaker } from './publish-breaker'
import { recordLife } from './record-metrics'
import { createRedisBreaker, guardScripts, isRedisFailure } from './redis-breaker'
import { ShownWaits } from './shown-waits'
import { SignalInbox } from './signal-inbox'
import {
  checkHandmadeSignal,
  checkId,
  checkIteration,
  checkJson,
  checkSignalId,
  checkSignalType,
  checkTargets,
  checkTimeout,
} from './signal-input'
import { settledWithin, sleep } from './sleep'
import { AckWaits } from './wait-for-acks'
import { WorkItems } from './work-items'

export { canonicalAck, verifyAck } from './ack-mac'
export type { BlockingCoordinationManagerOptions } from './manager-options'

/** Copies of ACKs that `cleanup` removes by their names; older ones run out by themselves. */
const COPIES_REMEMBERED = 1000
/** `cleanup` waits this long for Redis, ms, and then leaves without. */
const CLEANUP_MS = 2000

/**
 * One coordinator's part in a swarm: it waits for signals and for ACKs, acknowledges, holds work, and
 * shows that it is alive. It registers on first use, beats by itself, and ends with `cleanup()`.
 */
export class BlockingCoordinationManager {
  readonly coordinatorId: string
  /** How it takes part: its incarnation and its heart. */
  readonly life: CoordinatorLife
  /** Guards its access to Redis. */
  readonly breaker: CircuitBreaker
  /** Runs scripts as this coordinator. */
  readonly runner: ScriptRunner
  readonly #namespace: string
  readonly #mayRegister: boolean
  readonly #ring: KeyRing
  readonly #hub: HintHub
  readonly #shown: ShownWaits
  readonly #reader: AckReader
  readonly #acknowledger: Acknowledger
  readonly #inbox: SignalInbox
  readonly #acks: AckWaits
  readonly #debug: DebugLog
  readonly #db: number
  readonly #copies = new Set<string>()
  readonly #closing = new AbortController()
  readonly #leaveLocal: () => void
  readonly #unpublish: () => void
  readonly #unrecord: () => void
  readonly #work: WorkItems
  #phase: string | undefined
  #iteration = 0
  #deaf: (() => void) | undefined
  #stopping: Promise<void> | undefined
  #cleaning: Promise<void> | undefined

  /** @throws InvalidInputError, ConfigurationError naming what is missing or breaks a rule */
  constructor(options: BlockingCoordinationManagerOptions) {
    const it = checkManagerOptions(options)
    const { coordinatorId, redisClient: redis, namespace } = it
    const warning = secretWarning(it.hmacSecret)
    if (warning) process.stderr.write(`[signalbox] ${warning}\n`)
    this.coordinatorId = coordinatorId
    this.#namespace = namespace
    this.#mayRegister = it.register
    this.#phase = it.phase
    this.#debug = createDebugLog(it.debug, coordinatorId)
    this.#ring = createKeyRing(it.hmacSecret, secondSecretFromEnvironment())
    this.#db = databaseOf(redis)
    this.#hub = hintHubOf(redis)

    const keys = namespaceKeys(namespace)
    this.breaker = createRedisBreaker()
    const runner = guardScripts(createScriptRunner(redis, keys, coordinatorId), this.breaker)
    this.runner = runner
    const life = new CoordinatorLife({
      runner,
      coordinatorId,
      swarmId: it.swarmId,
      phase: it.phase,
      timeoutThreshold: it.timeoutThreshold,
      heartbeatInterval: it.heartbeatInterval,
      label: it.label,
      claim: it.claim,
      debug: this.#debug,
    })
    this.life = life
    life.on('registered', () => this.#inherit())
    life.on('fenced', (error) => this.#failWaits(error))
    this.#leaveLocal = enterLocalCoordinator(redis, keys.prefix, {
      life,
      sending: () => this.#acks.sending(),
    })
    this.#unpublish = publishBreaker(this.breaker, this)

    const { breaker } = this
    const shown = new ShownWaits(life, runner)
    const reader = new AckReader({ runner, breaker, ring: this.#ring, namespace })
    this.#shown = shown
    this.#unrecord = recordLife(life, () => shown.lasting)
    this.#reader = reader
    this.#work = new WorkItems(life, runner)
    const own = keys.hint(coordinatorId)
    const hears = () => this.#hub.hears(own)
    this.#inbox = new SignalInbox({ runner, coordinatorId, shown, hears })
    this.#acknowledger = new Acknowledger({
      life,
      runner,
      reader,
      ring: this.#ring,
      namespace,
      ackTtlMs: it.ackTtlMs,
      trackCompletion: it.trackCompletion,
    })
    this.#acks = new AckWaits({
      coordinatorId,
      reader,
      shown,
      hears,
      channelOf: keys.hint,
      listen: (channel, onLook) => this.#listen(channel, onLook),
    })
  }

  /**
   * Answers a signal: one that `waitForSignal` gave, or one made by hand. Repeated, also after a restart,
   * it is the same ACK for as long as the signal has a record; it is signed anew only where none of the
   * current keys verifies it. A recorded signal's own fields win over those handed in.
   *
   * @throws InvalidInputError when this coordinator is not a target; SignalStateError when the signal
   *   expired, was cancelled or has no record any more; FencedError
   */
  async acknowledgeSignal(signal: HandmadeSignal): Promise<SignalAck> {
    this.#assertTakesPart('acknowledgeSignal')
    const checked = checkHandmadeSignal(signal)
    const settle = this.#inbox.answering(checked.signalId)
    let answered = false
    try {
      const ack = await this.#acknowledger.acknowledge({
        signal: checked,
        target: this.#inbox.targetOf(checked.signalId),
        iteration: this.#iteration,
        phase: this.#phase,
      })
      answered = true
      if (!this.#copies.has(ack.signalId)) {
        const seconds = (ack.timestamp - checked.timestamp) / 1000
        metricsRecorder()?.delivered(ack.source, this.coordinatorId, checked.type, seconds)
      }
      if (this.#copies.size < COPIES_REMEMBERED) this.#copies.add(ack.signalId)
      this.#debug('acknowledged', { signalId: ack.signalId, iteration: ack.iteration })
      return ack
    } catch (error) {
      // What can't be answered any more need not be worked on again.
      answered = isSignalStateError(error)
      throw error
    } finally {
      settle(answered)
    }
  }

  /**
   * The next pending signal, or null at the timeout. It stays pending until it is acknowledged: after a
   * crash the next process is given it, and a loop that failed meets it again.
   *
   * @param options.timeoutMs 0 only looks; Infinity waits for ever
   * @param options.types only signals of these types
   * @throws the AbortSignal's reason; FencedError
   */
  async waitForSignal(options: {
    timeoutMs: number
    types?: readonly AnySignalType[]
    signal?: AbortSignal
  }): Promise<Signal | null> {
    this.#assertOpen('waitForSignal')
    const timeoutMs = checkTimeout('timeoutMs', options.timeoutMs)
    const types = options.types?.map((it) => checkSignalType('types', it))
    this.#takePart(timeoutMs)
    return this.#inbox.wait({ timeoutMs, types, signal: options.signal })
  }

  /**
   * By coordinator, the ACKs of a signal: resolves the moment the last one is in, or at the timeout with
   * what came. Only true ACKs count; others are recorded as rejected, and the wait goes on. Nobody is
   * waited for of whom the signal was cancelled, or expired: when no other is left, it resolves at once.
   *
   * @param timeoutMs 0 answers at once; Infinity waits for ever
   * @throws the AbortSignal's reason; FencedError
   */
  async waitForAcks(
    coordinatorIds: readonly string[],
    signalId: string,
    timeoutMs = 30_000,
    options: { signal?: AbortSignal } = {},
  ): Promise<Map<string, SignalAck>> {
    this.#assertOpen('waitForAcks')
    const targets =
      coordinatorIds.length === 0 ? [] : checkTargets('coordinatorIds', coordinatorIds)
    checkSignalId('signalId', signalId)
    checkTimeout('timeoutMs', timeoutMs)
    // A wait for nobody is over: it needs no subscription.
    this.#takePart(targets.length === 0 ? 0 : timeoutMs)
    return this.#acks.wait({ targets, signalId, timeoutMs, signal: options.signal })
  }

  /** '' is the one without a name. */
  get namespace(): string {
    return this.#namespace
  }

  /** Whether an ACK was signed with a key of this manager, in its namespace. Never throws; takes constant time. */
  verifyAck(ack: unknown): boolean {
    return verifyAck(ack, this.#ring, this.#namespace)
  }

  /** The text whose UTF-8 bytes an ACK's `mac` is computed over. */
  canonicalAck(ack: AckFields & { keyId: string }): string {
    return canonicalAck(ack, this.#namespace)
  }

  /** This coordinator's own ACK of a signal if it verifies, else null. */
  async getAck(signalId: string): Promise<SignalAck | null> {
    checkSignalId('signalId', signalId)
    const targets = await this.#targetsHeld(signalId)
    const [ack] = (await this.#reader.read(signalId, targets)).values()
    return ack ?? null
  }

  /** Whether a coordinator has acknowledged a signal, with an ACK that verifies. */
  async isAcknowledged(coordinatorId: string, signalId: string): Promise<boolean> {
    checkId('coordinatorId', coordinatorId)
    checkSignalId('signalId', signalId)
    return (await this.#reader.read(signalId, [coordinatorId])).size > 0
  }

  /**
   * Acknowledges, again after 1, 2, 4 … s where that fails. What came of it stands in the log.
   *
   * @returns the ACK, or null when all attempts failed, or one in a way that no other mends
   * @throws InvalidInputError
   */
  async retryFailedSignal(signal: HandmadeSignal, maxRetries = 3): Promise<SignalAck | null> {
    const retries = checkIteration('maxRetries', maxRetries)
    for (let retry = 0; retry <= retries; retry++) {
      try {
        if (retry > 0) await sleep(1000 * 2 ** (retry - 1), this.#closing.signal)
        const ack = await this.acknowledgeSignal(signal)
        if (retry > 0) await this.#note(`acknowledged ${ack.signalId} at retry ${retry}`)
        return ack
      } catch (error) {
        if (isInvalidInputError(error)) throw error
        this.#debug('an attempt to acknowledge failed', { signalId: signal.signalId, retry, error })
        if (this.#closing.signal.aborted || isSignalStateError(error) || isFencedError(error)) break
      }
    }
    await this.#note(`could not acknowledge ${signal.signalId}`)
    return null
  }

  /**
   * Says that what was acknowledged is done; with `trackCompletion` only that settles it.
   *
   * @param result anything JSON can hold, up to 16 KB; stands in the signal's record
   * @returns true when it is completed, now or before; false when it was not acknowledged
   * @throws InvalidInputError when this coordinator is not a target; FencedError
   */
  async completeSignal(signalId: string, result?: Json): Promise<boolean> {
    this.#assertTakesPart('completeSignal')
    checkSignalId('signalId', signalId)
    const { json } = checkJson('result', result)
    const answer = await this.life.write(
      'completeSignal',
      [this.runner.keys.signalRecord(signalId)],
      [signalId, json],
      'completeSignal',
    )
    if (answer[0] === 'FOREIGN') throw notATarget(this.coordinatorId)
    return answer[0] === 'OK'
  }

  /** Stores a work item that a replacement would inherit: anything JSON can hold, up to 16 KB. */
  async storeWorkItem(workId: string, data: Json): Promise<void> {
    this.#assertTakesPart('storeWorkItem')
    await this.#work.store(workId, data)
  }

  /** @returns whether it was in hand */
  async completeWorkItem(workId: string): Promise<boolean> {
    this.#assertTakesPart('completeWorkItem')
    return this.#work.complete(workId)
  }

  async listWork(): Promise<WorkItem[]> {
    return this.#work.list()
  }

  /** @returns the new iteration */
  incrementIteration(): number {
    this.#iteration += 1
    return this.#iteration
  }

  getCurrentIteration(): number {
    return this.#iteration
  }

  resetIteration(): void {
    this.#iteration = 0
  }

  /** Forgets which signals this process was given: whatever is still pending is given again. */
  clearProcessedSignals(): void {
    this.#inbox.clear()
  }

  /** A beat with meaning: what it is doing, and in which iteration; the current ones where not given. */
  async recordActivity(phase?: string, iteration?: number): Promise<void> {
    this.#assertTakesPart('recordActivity')
    if (phase !== undefined) this.#phase = checkPhase(phase)
    if (iteration !== undefined) this.#iteration = checkIteration('iteration', iteration)
    await this.life.recordActivity(this.#phase, this.#iteration)
  }

  /** Leaves gracefully: its waits end with what came, and its heart stops. Idempotent. */
  stop(): Promise<void> {
    this.#stopping ??= this.#leave()
    return this.#stopping
  }

  /**
   * `stop()`, and lets go of all that it holds: copies of its ACKs, its part in subscriptions. The process
   * can then exit by itself, and whoever waits for its ACKs still gets them. Idempotent; a Redis that
   * cannot be reached does not hold it up.
   */
  cleanup(): Promise<void> {
    this.#cleaning ??= this.#cleanUp()
    return this.#cleaning
  }

  async #leave(): Promise<void> {
    this.#closing.abort(new NotConnectedError('wait', 'the coordinator has stopped'))
    this.#inbox.finish()
    this.#acks.finish()
    this.#deaf?.()
    this.#deaf = undefined
    this.#leaveLocal()
    this.#unpublish()
    this.#unrecord()
    await settledWithin(this.#shown.settled(), CLEANUP_MS)
    await settledWithin(this.life.stop(), CLEANUP_MS)
  }

  async #cleanUp(): Promise<void> {
    await this.stop()
    const { keys, redis } = this.runner
    const copies = [...this.#copies].map((it) => keys.ack(this.coordinatorId, it))
    this.#copies.clear()
    if (copies.length === 0) return
    // Copies run out by themselves: that they stay a while longer hurts nobody.
    await settledWithin(
      this.breaker.execute(() => redis.del(...copies)),
      CLEANUP_MS,
    )
  }

  /** Registers in the background, and hears what is told to this coordinator. */
  #takePart(timeoutMs: number): void {
    if (this.life.fenced) throw this.life.fenced
    if (this.#mayRegister && !this.life.incarnation) {
      this.life.ensure().catch((error: unknown) => {
        // Redis may come back while it waits; nothing else mends by waiting.
        if (!isRedisFailure(error)) this.#failWaits(error)
      })
    }
    if (timeoutMs > 0)
      this.#deaf ??= this.#listen(this.runner.keys.hint(this.coordinatorId), () => this.#look())
  }

  #listen(channel: string, onLook: () => void): () => void {
    return this.#hub.join(channel, { onHint: (message) => this.#heard(message), onLook })
  }

  #heard(message: string): void {
    const hints = parseHints(message)
    if (!hints) this.#look()
    else for (const hint of hints) this.#told(hint)
  }

  #told(hint: Hint): void {
    if (hint.db !== this.#db && hint.db >= 0) return
    else if (hint.k === 'ack') this.#acks.offer(hint.signalId, hint.target, hint.stored)
    else if (hint.k === 'signal') this.#inbox.arrived(hint.entry, hint.target, hint.signal)
    else {
      this.#inbox.withdrawn(hint.signalId)
      this.#acks.withdrawn(hint.signalId)
    }
  }

  #look(): void {
    this.#acks.look()
    void this.#inbox.lookAtAll()
  }

  #failWaits(error: unknown): void {
    this.#inbox.fail(error)
    this.#acks.fail(error)
  }

  /** A replacement goes on where its predecessor was. */
  #inherit(): void {
    const { phase, iteration } = this.life.registered ?? {}
    this.#phase ??= phase
    if (this.#iteration === 0 && iteration !== undefined) this.#iteration = iteration
  }

  async #targetsHeld(signalId: string): Promise<string[]> {
    const { keys, redis } = this.runner
    const handed = await this.breaker.execute(() =>
      redis.hget(keys.signalRecord(signalId), `h:${this.coordinatorId}`),
    )
    return [this.coordinatorId, ...(handed ? handed.split(',') : [])]
  }

  async #note(action: string): Promise<void> {
    if (!this.life.incarnation || this.#closing.signal.aborted) return
    await this.life.recordActivity('', undefined, action).catch(() => {})
  }

  #assertOpen(operation: string): void {
    if (this.#closing.signal.aborted) {
      throw new NotConnectedError(operation, `${this.coordinatorId} has stopped`)
    }
  }

  #assertTakesPart(operation: string): void {
    this.#assertOpen(operation)
    if (!this.#mayRegister) {
      throw new ConfigurationError('register', `${operation} needs a coordinator that registers`)
    }
  }
}
