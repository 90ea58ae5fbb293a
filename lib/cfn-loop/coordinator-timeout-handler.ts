import { EventEmitter } from 'node:events'
import { metricsRecorder, type TimeoutCause } from '../observability/metrics-recorder'
import type { BoxEvent } from '../protocol/events'
import {
  InvalidInputError,
  isCoordinatorStateError,
  isUnknownCoordinatorError,
} from '../redis/errors'
import { type NamespaceKeys, namespaceKeys } from '../redis/keys'
import { createScriptRunner, type ScriptRunner } from '../redis/run-script'
import { okOrThrow } from '../redis/script-codes'
import { tellListeners } from './breaker/tell-listeners'
import type { CircuitBreaker } from './circuit-breaker'
import { createDebugLog, type DebugLog } from './debug-log'
import { type EscalationOptions, escalateCoordinator } from './escalate-coordinator'
import { randomId } from './random-id'
import { guardScripts, redisBreakerOf } from './redis-breaker'
import { ActivityByHand } from './timeout/activity-by-hand'
import { askTimeout } from './timeout/ask-timeout'
import type { Death } from './timeout/death-reader'
import {
  type CoordinatorTimeoutHandlerOptions,
  checkHandlerOptions,
  checkId,
} from './timeout/handler-options'
import { HeardOnce } from './timeout/heard-once'
import {
  type TimeoutHandlerEvents,
  type TimeoutHandlerMetrics,
  timeoutReason,
} from './timeout/timeout-events'
import { Watch } from './timeout/watch'

const DEFAULT_CHECK_INTERVAL_MS = 30_000
const ESCALATIONS_AT_ONCE = 20

/**
 * Finds coordinators that fell silent, tells its listeners, cleans up, and has them replaced.
 *
 * Any number of handlers may watch one namespace: each death is claimed by one of them, and every
 * handler's own listeners hear of it once, with `claimed` true on that one. While it does not monitor it
 * holds no timer and reads nothing; it never holds a connection of its own.
 */
export class CoordinatorTimeoutHandler extends EventEmitter<TimeoutHandlerEvents> {
  /** Names this handler in the log. */
  readonly monitorId = randomId(12)
  readonly #options: Required<
    Omit<CoordinatorTimeoutHandlerOptions, 'timeoutThreshold' | 'namespace'>
  > & { timeoutThreshold: number | undefined }
  readonly #keys: NamespaceKeys
  readonly #breaker: CircuitBreaker
  readonly #runner: ScriptRunner
  readonly #watch: Watch
  readonly #heard = new HeardOnce()
  readonly #debug: DebugLog
  readonly #byHand: ActivityByHand
  /** Who is to be replaced and has not been, where that is this handler's task. */
  readonly #toEscalate = new Set<string>()
  /** Whom this handler is replacing right now: its own answer tells more than the log. */
  readonly #escalating = new Set<string>()
  #metrics = noMetrics()

  /** @throws InvalidInputError naming the option; ConfigurationError on a Cluster without a namespace */
  constructor(options: CoordinatorTimeoutHandlerOptions) {
    super()
    checkHandlerOptions(options)
    this.#options = {
      redisClient: options.redisClient,
      timeoutThreshold: options.timeoutThreshold,
      checkInterval: options.checkInterval ?? DEFAULT_CHECK_INTERVAL_MS,
      autoCleanup: options.autoCleanup ?? true,
      autoEscalate: options.autoEscalate ?? false,
      debug: options.debug ?? false,
    }
    const { redisClient, checkInterval, autoCleanup } = this.#options
    this.#keys = namespaceKeys(options.namespace)
    this.#breaker = redisBreakerOf(redisClient)
    this.#runner = guardScripts(
      createScriptRunner(redisClient, this.#keys, `monitor:${this.monitorId}`),
      this.#breaker,
    )
    this.#byHand = new ActivityByHand(this.#runner, options.timeoutThreshold)
    this.#debug = createDebugLog(this.#options.debug, `timeout handler ${this.monitorId}`)
    this.#watch = new Watch({
      runner: this.#runner,
      breaker: this.#breaker,
      monitorId: this.monitorId,
      intervalMs: checkInterval,
      autoCleanup,
      thresholdMs: options.timeoutThreshold,
      debug: this.#debug,
      onEvent: (event) => this.#hear(event),
      onDeath: (death) => this.#hearDeath(death),
      onBegin: async (dead) => {
        if (!this.#options.autoEscalate) return
        for (const { coordinatorId } of await dead()) this.#toEscalate.add(coordinatorId)
      },
      onLooked: () => this.#escalateAll(),
    })
  }

  get isMonitoring(): boolean {
    return this.#watch.isOn
  }

  /** Looks every `checkInterval` from now on, and once at the start, to judge a gap. Idempotent. */
  startMonitoring(): void {
    if (this.isMonitoring) return
    this.#watch.start(() => this.#metrics.totalChecks++)
    tellListeners(this, 'monitoring:started', [])
  }

  /** No tick, and no event of one, comes after this. Idempotent. */
  stopMonitoring(): void {
    if (!this.isMonitoring) return
    this.#watch.stop()
    this.#toEscalate.clear()
    tellListeners(this, 'monitoring:stopped', [])
  }

  /**
   * Registers, or beats for, a coordinator that has no process of its own, under the incarnation that it
   * was registered with. Of one that lives by itself it only notes the action.
   *
   * @throws FencedError when it was replaced since: late beats are refused, and counted
   */
  async recordActivity(coordinatorId: string, iteration: number, phase?: string): Promise<void> {
    checkId('coordinatorId', coordinatorId)
    await this.#watch.started
    await this.#byHand.record(coordinatorId, iteration, phase)
  }

  /**
   * Whether it is timed out, whoever found that; claims the death if nobody has. Resolves after this
   * handler's listeners have heard of the death and the cleanup.
   *
   * @throws what the connection throws
   */
  async checkCoordinatorTimeout(coordinatorId: string): Promise<boolean> {
    checkId('coordinatorId', coordinatorId)
    // Judges a gap first, where this handler is to be trusted with that.
    if (this.isMonitoring) await this.#watch.look()
    return this.#ask(coordinatorId)
  }

  /**
   * Removes what is left of it among the living and its cached ACKs; one that lives is marked as stopped.
   * Its pending signals and work items stay.
   *
   * @throws what the connection throws, after `cleanup:failed`
   */
  async cleanupTimeoutCoordinator(coordinatorId: string): Promise<void> {
    checkId('coordinatorId', coordinatorId)
    try {
      const answer = await this.#runner.run(
        'cleanupCoordinator',
        [
          this.#keys.coordinator(coordinatorId),
          this.#keys.events,
          this.#keys.deadlines,
          this.#keys.beats,
          this.#keys.signals,
        ],
        [coordinatorId],
      )
      const [, , now] = okOrThrow(answer, { operation: 'cleanup', coordinatorId })
      this.#byHand.forget(coordinatorId)
      this.#tellCleanup(coordinatorId, Number(now))
    } catch (error) {
      this.#metrics.cleanupFailures++
      this.#debug('a cleanup failed', { coordinatorId, error })
      tellListeners(this, 'cleanup:failed', [{ coordinatorId, timestamp: Date.now(), error }])
      throw error
    }
  }

  /**
   * Has a dead coordinator replaced, once for each of its lives.
   *
   * @returns the replacement's id, the same however often and by whomever this is called; null, after
   *   `escalation:failed`, where it is unknown, lives (and `force` is not set), or Redis cannot be reached
   * @throws InvalidInputError for bad ids, and for `force` without a reason
   */
  async escalateDeadCoordinator(
    coordinatorId: string,
    swarmId: string,
    options: EscalationOptions = {},
  ): Promise<string | null> {
    checkId('coordinatorId', coordinatorId)
    checkId('swarmId', swarmId)
    if (options.force && !options.reason?.trim()) {
      throw new InvalidInputError('reason', 'must say why, when one that may live is replaced')
    }
    return this.#escalate(coordinatorId, swarmId, options)
  }

  getMetrics(): TimeoutHandlerMetrics {
    return { ...this.#metrics }
  }

  resetMetrics(): void {
    this.#metrics = noMetrics()
  }

  /** @returns whether it is timed out, after the listeners have heard of it */
  async #ask(coordinatorId: string): Promise<boolean> {
    const death = await askTimeout(this.#runner, {
      coordinatorId,
      monitorId: this.monitorId,
      autoCleanup: this.#options.autoCleanup,
      intervalMs: this.#options.checkInterval,
    })
    if (death) this.#hearDeath(death, 'external')
    return death !== undefined
  }

  async #escalate(
    coordinatorId: string,
    swarmId: string,
    { actor, ...options }: EscalationOptions,
  ): Promise<string | null> {
    this.#escalating.add(coordinatorId)
    try {
      // A death that nobody has claimed comes before the escalation, for the listeners as well.
      await this.#ask(coordinatorId)
      const done = await escalateCoordinator(this.#runnerOf(actor), {
        coordinatorId,
        swarmId,
        monitorId: this.monitorId,
        intervalMs: this.#options.checkInterval,
        cleanup: this.#options.autoCleanup,
        ...options,
      })
      this.#hearEscalation(done.seq, {
        deadCoordinatorId: coordinatorId,
        newCoordinatorId: done.newCoordinatorId,
        swarmId: done.swarmId,
        timestamp: done.at,
        claimed: done.claimed,
      })
      return done.newCoordinatorId
    } catch (error) {
      // Asking again would not help.
      if (isCoordinatorStateError(error) || isUnknownCoordinatorError(error)) {
        this.#toEscalate.delete(coordinatorId)
      }
      const reason = error instanceof Error ? error.message : String(error)
      this.#debug('an escalation failed', { coordinatorId, reason })
      tellListeners(this, 'escalation:failed', [
        { coordinatorId, swarmId, timestamp: Date.now(), reason, error },
      ])
      return null
    } finally {
      this.#escalating.delete(coordinatorId)
    }
  }

  #runnerOf(actor: string | undefined): ScriptRunner {
    if (actor === undefined) return this.#runner
    const { redisClient } = this.#options
    return guardScripts(createScriptRunner(redisClient, this.#keys, actor), this.#breaker)
  }

  /** Many at a time: of two hundred that die at once the last must not wait for all the others. */
  async #escalateAll(): Promise<void> {
    const ids = this.#toEscalate.values()
    const lane = async () => {
      for (const id of ids) {
        if (!this.isMonitoring) return
        if ((await this.#escalate(id, '', { reason: 'timed out' })) !== null) {
          this.#toEscalate.delete(id)
        }
      }
    }
    await Promise.all(Array.from({ length: ESCALATIONS_AT_ONCE }, lane))
  }

  #hear(event: BoxEvent): void {
    if (!this.isMonitoring) return
    const coordinatorId = event.entity.slice('coordinator:'.length)
    switch (event.type) {
      case 'coordinator.timed_out':
        this.#hearDeath({ ...event.data, seq: event.seq, coordinatorId, at: event.at })
        return
      case 'coordinator.stale':
        if (event.actor === this.#runner.actor) {
          metricsRecorder()?.heartbeatFailed(coordinatorId, 'stale')
        }
        tellListeners(this, 'coordinator:stale', [
          {
            coordinatorId,
            timestamp: event.at,
            silentMs: event.data.silentMs,
            thresholdMs: event.data.thresholdMs,
          },
        ])
        return
      case 'coordinator.recovered':
        this.#toEscalate.delete(coordinatorId)
        tellListeners(this, 'coordinator:recovered', [
          { coordinatorId, timestamp: event.at, from: event.data.from },
        ])
        return
      case 'coordinator.escalated':
        if (this.#escalating.has(coordinatorId)) return
        this.#hearEscalation(event.seq, {
          deadCoordinatorId: coordinatorId,
          newCoordinatorId: event.data.newCoordinatorId,
          swarmId: event.data.swarmId,
          timestamp: event.at,
          claimed: event.actor === this.#runner.actor,
        })
        return
      default:
    }
  }

  #hearDeath(death: Death, found: TimeoutCause = 'heartbeat'): void {
    const { coordinatorId, at } = death
    const claimed = death.monitorId === this.monitorId
    if (!this.#heard.isNews(`death:${coordinatorId}`, death.seq)) return
    this.#metrics.timeoutEventsTotal++
    // Of all monitors the one that claimed it counts.
    if (claimed) metricsRecorder()?.timedOut(coordinatorId, found)
    this.#debug('a coordinator timed out', { coordinatorId, silentMs: death.silentMs })
    tellListeners(this, 'coordinator:timeout', [
      {
        coordinatorId,
        timeoutDuration: death.silentMs,
        timestamp: at,
        reason: timeoutReason(death.silentMs, death.thresholdMs),
        metadata: {
          lastHeartbeat: death.lastBeat,
          iteration: death.iteration,
          ...(death.phase === undefined ? {} : { phase: death.phase }),
        },
        claimed,
      },
    ])
    if (death.cleaned) this.#tellCleanup(coordinatorId, at)
    if (this.#options.autoEscalate && this.isMonitoring) this.#toEscalate.add(coordinatorId)
  }

  #hearEscalation(seq: string, event: TimeoutHandlerEvents['coordinator:escalated'][0]): void {
    this.#toEscalate.delete(event.deadCoordinatorId)
    if (!this.#heard.isNews(`escalation:${event.deadCoordinatorId}`, seq)) return
    metricsRecorder()?.gone(event.deadCoordinatorId)
    this.#debug('a coordinator was replaced', { ...event })
    tellListeners(this, 'coordinator:escalated', [event])
  }

  #tellCleanup(coordinatorId: string, timestamp: number): void {
    this.#metrics.cleanupsPerformed++
    tellListeners(this, 'cleanup:complete', [{ coordinatorId, timestamp }])
  }
}

function noMetrics(): TimeoutHandlerMetrics {
  return { totalChecks: 0, timeoutEventsTotal: 0, cleanupsPerformed: 0, cleanupFailures: 0 }
}
