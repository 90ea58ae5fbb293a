import { secondSecretFromEnvironment } from '../config/library-environment'
import type { WorkItem } from '../protocol/http'
import type { Json } from '../protocol/json'
import type { AnySignalType, HandmadeSignal, Signal, SignalAck } from '../protocol/signal'
import type { ScriptRunner } from '../redis/run-script'
import { type AckFields, canonicalAck, verifyAck } from './ack-mac'
import { AckReader } from './ack-reader'
import type { CircuitBreaker } from './circuit-breaker'
import { completeSignal } from './complete-signal'
import type { CoordinatorLife } from './coordinator-life'
import { createKeyRing, type KeyRing, secretWarning } from './key-ring'
import { CoordinatorWaits } from './manager/coordinator-waits'
import { GivenAcks } from './manager/given-acks'
import { Participation } from './manager/participation'
import { retryAcknowledging } from './manager/retry-acknowledging'
import {
  type BlockingCoordinationManagerOptions,
  checkManagerOptions,
  checkPhase,
} from './manager-options'
import {
  checkId,
  checkIteration,
  checkSignalId,
  checkSignalType,
  checkTargets,
  checkTimeout,
} from './signal-input'
import { settledWithin } from './sleep'
import { WorkItems } from './work-items'

export { canonicalAck, verifyAck } from './ack-mac'
export type { BlockingCoordinationManagerOptions } from './manager-options'

/** Whoever leaves waits this long for Redis, ms, and then goes without. */
const LEAVE_MS = 2000

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
  readonly #ring: KeyRing
  readonly #part: Participation
  readonly #reader: AckReader
  readonly #waits: CoordinatorWaits
  readonly #given: GivenAcks
  readonly #work: WorkItems
  #stopping: Promise<void> | undefined
  #cleaning: Promise<void> | undefined

  /** @throws InvalidInputError, ConfigurationError naming what is missing or breaks a rule */
  constructor(options: BlockingCoordinationManagerOptions) {
    const it = checkManagerOptions(options)
    const { namespace, ackTtlMs, trackCompletion } = it
    const warning = secretWarning(it.hmacSecret)
    if (warning) process.stderr.write(`[signalbox] ${warning}\n`)
    const ring = createKeyRing(it.hmacSecret, secondSecretFromEnvironment())
    const part = new Participation(it)
    const { life, breaker, runner } = part
    const reader = new AckReader({ runner, breaker, ring, namespace })
    const waits = new CoordinatorWaits(life, runner, reader)
    const inbox = waits.signals
    this.coordinatorId = it.coordinatorId
    this.life = life
    this.breaker = breaker
    this.runner = runner
    this.#namespace = namespace
    this.#ring = ring
    this.#part = part
    this.#reader = reader
    this.#waits = waits
    this.#given = new GivenAcks({ part, inbox, reader, ring, namespace, ackTtlMs, trackCompletion })
    this.#work = new WorkItems(life, runner)
    part.enter(waits)
  }

  /**
   * Answers a signal: one that `waitForSignal` gave, or one made by hand. Repeated, also after a restart,
   * it is the same ACK for as long as the signal has a record; it is signed anew only where none of the
   * current keys verifies it. A recorded signal's own fields win over those handed in.
   *
   * @throws InvalidInputError when this coordinator is not a target; SignalStateError when the signal
   *   expired, was cancelled or has no record any more; FencedError
   */
  acknowledgeSignal(signal: HandmadeSignal): Promise<SignalAck> {
    return this.#given.give(signal)
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
    this.#part.assertOpen('waitForSignal')
    const timeoutMs = checkTimeout('timeoutMs', options.timeoutMs)
    const types = options.types?.map((it) => checkSignalType('types', it))
    this.#takePart(timeoutMs)
    return this.#waits.signals.wait({ timeoutMs, types, signal: options.signal })
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
    this.#part.assertOpen('waitForAcks')
    const targets =
      coordinatorIds.length === 0 ? [] : checkTargets('coordinatorIds', coordinatorIds)
    checkSignalId('signalId', signalId)
    checkTimeout('timeoutMs', timeoutMs)
    // A wait for nobody is over: it needs no subscription.
    this.#takePart(targets.length === 0 ? 0 : timeoutMs)
    return this.#waits.acks.wait({ targets, signalId, timeoutMs, signal: options.signal })
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
    return this.#given.of(signalId)
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
    const { closing, debug } = this.#part
    const done = await retryAcknowledging(() => this.acknowledgeSignal(signal), {
      most: checkIteration('maxRetries', maxRetries),
      closing,
      onFailed: (error, retry) =>
        debug('an attempt to acknowledge failed', { signalId: signal.signalId, retry, error }),
    })
    if (!done) {
      await this.#part.note(`could not acknowledge ${signal.signalId}`)
      return null
    }
    const { ack, retry } = done
    if (retry > 0) await this.#part.note(`acknowledged ${ack.signalId} at retry ${retry}`)
    return ack
  }

  /**
   * Says that what was acknowledged is done; with `trackCompletion` only that settles it.
   *
   * @param result anything JSON can hold, up to 16 KB; stands in the signal's record
   * @returns true when it is completed, now or before; false when it was not acknowledged
   * @throws InvalidInputError when this coordinator is not a target; FencedError
   */
  async completeSignal(signalId: string, result?: Json): Promise<boolean> {
    this.#part.assertRegisters('completeSignal')
    checkSignalId('signalId', signalId)
    return completeSignal(this.life, this.runner.keys, signalId, result)
  }

  /** Stores a work item that a replacement would inherit: anything JSON can hold, up to 16 KB. */
  async storeWorkItem(workId: string, data: Json): Promise<void> {
    this.#part.assertRegisters('storeWorkItem')
    await this.#work.store(workId, data)
  }

  /** @returns whether it was in hand */
  async completeWorkItem(workId: string): Promise<boolean> {
    this.#part.assertRegisters('completeWorkItem')
    return this.#work.complete(workId)
  }

  async listWork(): Promise<WorkItem[]> {
    return this.#work.list()
  }

  /** @returns the new iteration */
  incrementIteration(): number {
    this.#part.iteration += 1
    return this.#part.iteration
  }

  getCurrentIteration(): number {
    return this.#part.iteration
  }

  resetIteration(): void {
    this.#part.iteration = 0
  }

  /** Forgets which signals this process was given: whatever is still pending is given again. */
  clearProcessedSignals(): void {
    this.#waits.signals.clear()
  }

  /** A beat with meaning: what it is doing, and in which iteration; the current ones where not given. */
  async recordActivity(phase?: string, iteration?: number): Promise<void> {
    this.#part.assertRegisters('recordActivity')
    if (phase !== undefined) this.#part.phase = checkPhase(phase)
    if (iteration !== undefined) this.#part.iteration = checkIteration('iteration', iteration)
    await this.life.recordActivity(this.#part.phase, this.#part.iteration)
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
    this.#waits.finish()
    this.#part.close()
    await settledWithin(this.#waits.shown.settled(), LEAVE_MS)
    await settledWithin(this.life.stop(), LEAVE_MS)
  }

  async #cleanUp(): Promise<void> {
    await this.stop()
    await settledWithin(this.#given.removeCopies(), LEAVE_MS)
  }

  /** Registers in the background, and hears what is told to this coordinator. */
  #takePart(timeoutMs: number): void {
    this.#part.begin((error) => this.#waits.fail(error))
    if (timeoutMs > 0) this.#waits.hear()
  }
}
